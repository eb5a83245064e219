CREATE TABLE "call_out_steps" (
	"call_out_id" text NOT NULL,
	"sequence" integer NOT NULL,
	"step" jsonb NOT NULL,
	CONSTRAINT "call_out_steps_call_out_id_sequence_pk" PRIMARY KEY("call_out_id","sequence")
);
--> statement-breakpoint
CREATE TABLE "call_outs" (
	"call_out_id" text PRIMARY KEY NOT NULL,
	"alarm_id" text NOT NULL,
	"incident_id" text,
	"at_ms" bigint NOT NULL,
	"call_out" jsonb NOT NULL
);
--> statement-breakpoint
CREATE TABLE "duty_posts" (
	"post_id" text NOT NULL,
	"version" integer NOT NULL,
	"post" jsonb NOT NULL,
	CONSTRAINT "duty_posts_post_id_version_pk" PRIMARY KEY("post_id","version")
);
--> statement-breakpoint
ALTER TABLE "call_out_steps" ADD CONSTRAINT "call_out_steps_call_out_id_call_outs_call_out_id_fk" FOREIGN KEY ("call_out_id") REFERENCES "public"."call_outs"("call_out_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "call_outs_at" ON "call_outs" USING btree ("at_ms","call_out_id");--> statement-breakpoint
CREATE INDEX "call_outs_alarm" ON "call_outs" USING btree ("alarm_id","at_ms");--> statement-breakpoint
CREATE INDEX "call_outs_incident" ON "call_outs" USING btree ("incident_id","at_ms");