import type { MaintenanceWindow } from '@lifeline/contracts';
import { areaId, contentOf, newValues, valuesOf } from './form-values.js';

const ZONE = 'Asia/Shanghai';
const NOW = Date.UTC(2026, 10, 25, 4, 2, 30);
const values = { ...newValues(NOW, ZONE), worker: ' Li ', permit: 'P-12', assetIds: ['R-07'] };
const faultsOf = (over: object, at = NOW) => {
  const result = contentOf({ ...values, ...over }, at, ZONE);
  return 'faults' in result ? Object.fromEntries(result.faults) : {};
};

test('a form begins now and lasts four hours', () => {
  const result = contentOf(values, NOW, ZONE);
  expect(result).toMatchObject({
    content: { fromMs: NOW - 150_000, toMs: NOW - 150_000 + 4 * 3_600_000, worker: 'Li', coversGasDanger: false },
  });
});

test('each fault is told at its field', () => {
  expect(faultsOf({ to: '2026-11-25T11:00' })).toEqual({ to: 'window-empty' });
  expect(faultsOf({ to: '2026-12-25T11:00' })).toEqual({ to: 'window-too-long' });
  expect(faultsOf({ from: '2026-11-24T12:00' })).toEqual({ from: 'window-begun-too-long' });
  expect(faultsOf({ from: '', to: 'x' })).toEqual({ from: 'timeNeeded', to: 'timeNeeded' });
  expect(faultsOf({ worker: ' ', permit: '', assetIds: [] })).toEqual({
    worker: 'needed',
    permit: 'needed',
    scope: 'scopeNeeded',
  });
});

test('a window comes back through the form as it was', () => {
  const window: MaintenanceWindow = {
    ...{
      windowId: 'w',
      version: 3,
      createdBy: 'emil',
      createdAtMs: 1,
      changedBy: 'emil',
      changedAtMs: 2,
      endedAtMs: null,
    },
    ...{ fromMs: NOW - 86_400_123, toMs: NOW - (NOW % 60_000) + 3_600_000, kind: 'switching', note: 'n' },
    ...{ worker: 'Li', permit: 'P', coversGasDanger: true },
    scope: { assetIds: ['a'], deviceIds: ['d'], sensorIds: ['d/p'], areas: [{ district: "Lai'an", utility: 'gas' }] },
  };
  const { fromMs, toMs, kind, note, worker, permit, coversGasDanger, scope } = window;
  expect(valuesOf(window, ZONE).areas).toEqual([areaId('gas', "Lai'an")]);
  expect(contentOf(valuesOf(window, ZONE), NOW, ZONE, window)).toEqual({
    content: { fromMs, toMs, kind, note, worker, permit, coversGasDanger, scope },
  });
});
