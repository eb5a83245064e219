CREATE TABLE "incident_acts" (
	"incident_id" text NOT NULL,
	"sequence" integer NOT NULL,
	"act_no" bigint GENERATED ALWAYS AS IDENTITY (sequence name "incident_acts_act_no_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"act" jsonb NOT NULL,
	CONSTRAINT "incident_acts_incident_id_sequence_pk" PRIMARY KEY("incident_id","sequence")
);
--> statement-breakpoint
CREATE TABLE "incident_members" (
	"incident_id" text NOT NULL,
	"alarm_id" text NOT NULL,
	"member" jsonb NOT NULL,
	CONSTRAINT "incident_members_incident_id_alarm_id_pk" PRIMARY KEY("incident_id","alarm_id")
);
--> statement-breakpoint
CREATE TABLE "incidents" (
	"incident_id" text PRIMARY KEY NOT NULL,
	"position" bigint NOT NULL,
	"act_sequence" integer NOT NULL,
	"state" text NOT NULL,
	"opened_at_ms" bigint NOT NULL,
	"closed_at_ms" bigint,
	"alarms" integer NOT NULL,
	"words" text NOT NULL,
	"incident" jsonb NOT NULL
);
--> statement-breakpoint
CREATE INDEX "incident_acts_no" ON "incident_acts" USING btree ("act_no");--> statement-breakpoint
CREATE INDEX "incident_members_alarm" ON "incident_members" USING btree ("alarm_id");--> statement-breakpoint
CREATE INDEX "incidents_opened" ON "incidents" USING btree ("opened_at_ms","incident_id");--> statement-breakpoint
CREATE INDEX "incidents_state" ON "incidents" USING btree ("state","closed_at_ms");