CREATE TABLE "alarm_definitions" (
	"definition_id" text NOT NULL,
	"version" integer NOT NULL,
	"content" jsonb NOT NULL,
	"edited_by" text,
	"edited_at_ms" bigint NOT NULL,
	"note" text,
	CONSTRAINT "alarm_definitions_definition_id_version_pk" PRIMARY KEY("definition_id","version")
);
--> statement-breakpoint
CREATE TABLE "alarm_step_ticks" (
	"tick_id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "alarm_step_ticks_tick_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"alarm_id" text NOT NULL,
	"definition_id" text NOT NULL,
	"version" integer NOT NULL,
	"step" integer NOT NULL,
	"done" boolean NOT NULL,
	"actor" text NOT NULL,
	"at_ms" bigint NOT NULL
);
--> statement-breakpoint
CREATE INDEX "alarm_step_ticks_alarm" ON "alarm_step_ticks" USING btree ("alarm_id","tick_id");