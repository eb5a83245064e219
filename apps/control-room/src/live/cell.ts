import { useSyncExternalStore } from 'react';

/** One value that the page watches: state apart from drawing. */
export class Cell<Value> {
  private readonly listeners = new Set<() => void>();
  constructor(private value: Value) {}

  readonly get = (): Value => this.value;

  set(next: Value): void {
    if (Object.is(next, this.value)) return;
    this.value = next;
    for (const listener of this.listeners) listener();
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };
}

/** The cell's value; draws again when it changes. */
export function useCell<Value>(cell: Cell<Value>): Value {
  return useSyncExternalStore(cell.subscribe, cell.get);
}
