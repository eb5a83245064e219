#!/bin/sh
# Puts Lifeline's own account into the password file, then starts the broker. Devices are added with mosquitto_passwd.
set -eu
file=/mosquitto/data/passwords
[ -f "$file" ] || : > "$file"
chmod 0600 "$file"
mosquitto_passwd -b "$file" lifeline "$LIFELINE_MQTT_PASSWORD"
chown -R mosquitto:mosquitto /mosquitto/data
exec mosquitto -c /mosquitto/config/mosquitto.conf
