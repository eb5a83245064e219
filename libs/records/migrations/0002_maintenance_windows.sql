CREATE TABLE "maintenance_windows" (
	"window_id" text NOT NULL,
	"version" integer NOT NULL,
	"to_ms" bigint NOT NULL,
	"window" jsonb NOT NULL,
	CONSTRAINT "maintenance_windows_window_id_version_pk" PRIMARY KEY("window_id","version")
);
--> statement-breakpoint
CREATE INDEX "maintenance_windows_to" ON "maintenance_windows" USING btree ("to_ms");