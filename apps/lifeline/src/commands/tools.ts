import type { Command } from 'commander';
import { backtestCommand } from './backtest.js';
import { detectCommand } from './detect.js';
import { doctorCommand } from './doctor.js';
import { passwordCommand } from './password.js';
import { replayCommand } from './replay.js';
import { sensorsCommand } from './sensors.js';
import { simulateCommand } from './simulate.js';

/** The commands that are no service: they do one thing and end. */
export function toolCommands(): Command[] {
  return [
    simulateCommand(),
    replayCommand(),
    sensorsCommand(),
    passwordCommand(),
    doctorCommand(),
    detectCommand(),
    backtestCommand(),
  ];
}
