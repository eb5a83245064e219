import { useForm } from '@mantine/form';
import type { ChannelType } from '@lifeline/catalogue';
import { UTILITIES } from '@lifeline/contracts';
import { useCallback, useEffect, useMemo, useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { CallError } from '../../../api/call.js';
import { errorsOf, refusedFields, type FieldError } from './form-errors.js';
import { emptySensor, withType, withUtility, type DeviceValues, type SensorValues } from './form-values.js';

interface FormOptions {
  readonly start: DeviceValues;
  readonly typeName: (type: ChannelType) => string;
  readonly onSave: (values: DeviceValues) => Promise<void>;
}

/** The state of the device form: values, what is wrong with them in the chosen language, and the sensor at hand. */
export function useDeviceForm({ start, typeName, onSave }: FormOptions) {
  const { t } = useTranslation();
  const { values, setValues } = useForm<DeviceValues>({ initialValues: start });
  const [checked, setChecked] = useState<'not-yet' | 'asked'>('not-yet');
  const [refused, setRefused] = useState<ReadonlyMap<string, string>>(new Map());
  const [trouble, setTrouble] = useState<string>();
  const [saving, setSaving] = useState(false);
  const [active, setActive] = useState(start.sensors[0]?.key);
  const activeKey = values.sensors.some(({ key }) => key === active) ? active : values.sensors.at(-1)?.key;

  const say = useCallback(
    (error: FieldError): string => {
      switch (error.kind) {
        case 'order':
          return t('sensors.error.order', { below: t(`sensors.field.${error.below as 'low'}`) });
        case 'atLeast':
        case 'over':
        case 'atMost':
        case 'tooLong':
          return t(`sensors.error.${error.kind}`, { bound: error.bound });
        default:
          return t(`sensors.error.${error.kind}`);
      }
    },
    [t],
  );
  const errors = useMemo(() => {
    const said = new Map(refused);
    if (checked === 'asked') for (const [path, error] of errorsOf(values)) said.set(path, say(error));
    return said;
  }, [checked, values, refused, say]);

  // What the server refused stands until that field is changed.
  const settle = useCallback((paths: readonly string[]) => {
    setTrouble(undefined);
    setRefused((before) => {
      if (!paths.some((path) => before.has(path))) return before;
      const after = new Map(before);
      for (const path of paths) after.delete(path);
      return after;
    });
  }, []);
  const change = (part: Partial<DeviceValues>): void => {
    settle(Object.keys(part));
    setValues(part);
  };
  const changeSensor = useCallback(
    (key: string, part: Partial<SensorValues>) =>
      setValues((before) => {
        const at = before.sensors?.findIndex((sensor) => sensor.key === key) ?? -1;
        queueMicrotask(() => settle(Object.keys(part).map((field) => `sensors.${at}.${field}`)));
        return {
          sensors: before.sensors?.map((sensor) => (sensor.key === key ? { ...sensor, ...part } : sensor)) ?? [],
        };
      }),
    [setValues, settle],
  );
  const setType = useCallback(
    (key: string, type: ChannelType | undefined) =>
      setValues((before) => {
        const sensors = before.sensors ?? [];
        const taken = new Set(sensors.filter((sensor) => sensor.key !== key).map(({ channel }) => channel));
        const filled = (sensor: SensorValues): SensorValues =>
          type === undefined ? { ...sensor, type: '' } : withType(sensor, { type, taken, typeName });
        return { sensors: sensors.map((sensor) => (sensor.key === key ? filled(sensor) : sensor)) };
      }),
    [setValues, typeName],
  );
  const removeSensor = useCallback(
    (key: string) => {
      setRefused(new Map());
      setValues((before) => ({ sensors: before.sensors?.filter((sensor) => sensor.key !== key) ?? [] }));
    },
    [setValues],
  );
  const addSensor = (): void => {
    const last = values.sensors.at(-1);
    const sensor = emptySensor(last && { lon: last.lon, lat: last.lat, assetId: last.assetId });
    setValues({ sensors: [...values.sensors, sensor] });
    setActive(sensor.key);
  };
  const pick = (key: string | undefined, lon: number, lat: number): void => {
    const moved = key ?? activeKey;
    if (moved === undefined) return;
    setActive(moved);
    changeSensor(moved, { lon, lat });
  };
  const setUtility = (chosen: string): void => {
    const utility = UTILITIES.find((known) => known === chosen);
    if (utility !== undefined) setValues(withUtility(values, utility));
  };
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    setChecked('asked');
    setTrouble(undefined);
    if (errorsOf(values).size > 0) {
      setFocusing((count) => count + 1);
      return;
    }
    setSaving(true);
    onSave(values)
      .catch(refuse)
      .finally(() => setSaving(false));
  };
  const refuse = (error: unknown): void => {
    const told = error instanceof CallError && error.status !== 0;
    if (told && error.status === 409) setRefused(new Map([['deviceId', t('sensors.error.taken')]]));
    else {
      if (told) setRefused(refusedFields(error.problem));
      setTrouble(told ? t('sensors.form.refused', { why: error.message }) : t('errors.notReached'));
    }
    setFocusing((count) => count + 1);
  };
  // The first wrong field takes the focus once it is marked.
  const [focusing, setFocusing] = useState(0);
  useEffect(() => {
    if (focusing > 0) document.querySelector<HTMLElement>('form [aria-invalid="true"]')?.focus();
  }, [focusing]);

  return {
    values,
    errors,
    trouble,
    saving,
    activeKey,
    change,
    changeSensor,
    setType,
    setUtility,
    setActive,
    removeSensor,
    addSensor,
    pick,
    submit,
  };
}
