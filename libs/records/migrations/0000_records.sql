CREATE TABLE "account_minutes" (
	"minute_ms" bigint NOT NULL,
	"inlet" text NOT NULL,
	"received" bigint NOT NULL,
	"stored" bigint NOT NULL,
	"rejected" bigint NOT NULL,
	"duplicate" bigint NOT NULL,
	CONSTRAINT "account_minutes_minute_ms_inlet_pk" PRIMARY KEY("minute_ms","inlet")
);
--> statement-breakpoint
CREATE TABLE "alarm_transitions" (
	"alarm_id" text NOT NULL,
	"sequence" integer NOT NULL,
	"stream_sequence" bigint NOT NULL,
	"event" text NOT NULL,
	"priority" text NOT NULL,
	"at_ms" bigint NOT NULL,
	"transition" jsonb NOT NULL,
	CONSTRAINT "alarm_transitions_alarm_id_sequence_pk" PRIMARY KEY("alarm_id","sequence")
);
--> statement-breakpoint
CREATE TABLE "alarms" (
	"alarm_id" text PRIMARY KEY NOT NULL,
	"sensor_id" text NOT NULL,
	"state" text NOT NULL,
	"sequence" integer NOT NULL,
	"raised_at_ms" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "assets" (
	"asset_id" text PRIMARY KEY NOT NULL,
	"utility" text NOT NULL,
	"kind" text NOT NULL,
	"name" text NOT NULL,
	"name_zh" text NOT NULL,
	"district" text NOT NULL,
	"geometry" jsonb NOT NULL,
	"west" double precision NOT NULL,
	"south" double precision NOT NULL,
	"east" double precision NOT NULL,
	"north" double precision NOT NULL,
	"properties" jsonb NOT NULL
);
--> statement-breakpoint
CREATE TABLE "device_credentials" (
	"device_id" text PRIMARY KEY NOT NULL,
	"sha256" "bytea" NOT NULL,
	"issued_at_ms" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "devices" (
	"device_id" text PRIMARY KEY NOT NULL,
	"utility" text NOT NULL,
	"name" text NOT NULL,
	"gateway_id" text,
	"created_at_ms" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "people" (
	"username" text PRIMARY KEY NOT NULL,
	"password_hash" text NOT NULL,
	"role" text NOT NULL,
	"created_at_ms" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "projection_cursors" (
	"consumer" text NOT NULL,
	"partition" integer NOT NULL,
	"sequence" bigint NOT NULL,
	CONSTRAINT "projection_cursors_consumer_partition_pk" PRIMARY KEY("consumer","partition")
);
--> statement-breakpoint
CREATE TABLE "rejects" (
	"reject_id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "rejects_reject_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"arrived_at_ms" bigint NOT NULL,
	"inlet" text NOT NULL,
	"device_id" text,
	"topic" text NOT NULL,
	"reason" text NOT NULL,
	"detail" text NOT NULL,
	"count" integer NOT NULL,
	"body_excerpt" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "sensors" (
	"sensor_no" integer PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "sensors_sensor_no_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 2147483647 START WITH 1 CACHE 1),
	"device_id" text NOT NULL,
	"channel" text NOT NULL,
	"name" text NOT NULL,
	"unit" text NOT NULL,
	"lon" double precision NOT NULL,
	"lat" double precision NOT NULL,
	"asset_id" text,
	"type" text,
	"interval_s" double precision NOT NULL,
	"range_low" double precision,
	"range_high" double precision,
	"limits" jsonb NOT NULL,
	"retired" boolean DEFAULT false NOT NULL,
	CONSTRAINT "sensors_device_channel" UNIQUE("device_id","channel")
);
--> statement-breakpoint
CREATE TABLE "sessions" (
	"token_sha256" "bytea" PRIMARY KEY NOT NULL,
	"username" text NOT NULL,
	"created_at_ms" bigint NOT NULL,
	"until_ms" bigint NOT NULL
);
--> statement-breakpoint
ALTER TABLE "device_credentials" ADD CONSTRAINT "device_credentials_device_id_devices_device_id_fk" FOREIGN KEY ("device_id") REFERENCES "public"."devices"("device_id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sessions" ADD CONSTRAINT "sessions_username_people_username_fk" FOREIGN KEY ("username") REFERENCES "public"."people"("username") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "alarm_transitions_event" ON "alarm_transitions" USING btree ("event","at_ms");--> statement-breakpoint
CREATE INDEX "alarms_raised" ON "alarms" USING btree ("raised_at_ms","alarm_id");--> statement-breakpoint
CREATE INDEX "alarms_state" ON "alarms" USING btree ("state","raised_at_ms");--> statement-breakpoint
CREATE INDEX "alarms_sensor" ON "alarms" USING btree ("sensor_id","raised_at_ms");--> statement-breakpoint
CREATE INDEX "assets_utility" ON "assets" USING btree ("utility","asset_id");--> statement-breakpoint
CREATE INDEX "devices_utility" ON "devices" USING btree ("utility","device_id");--> statement-breakpoint
CREATE INDEX "devices_gateway" ON "devices" USING btree ("gateway_id");--> statement-breakpoint
CREATE INDEX "rejects_device" ON "rejects" USING btree ("device_id","reject_id");--> statement-breakpoint
CREATE INDEX "rejects_reason" ON "rejects" USING btree ("reason","reject_id");--> statement-breakpoint
CREATE INDEX "rejects_arrived" ON "rejects" USING btree ("arrived_at_ms");--> statement-breakpoint
CREATE INDEX "sessions_until" ON "sessions" USING btree ("until_ms");