import { Controller, Inject } from '@nestjs/common';
import { PORTS, type Ports } from '@lifeline/ports';
import { Call, Input, type AnswerOf, type InputOf } from '../calls/call.js';
import { ProblemError } from '../problems/problem.js';

/** Devices: every change is applied to the registry in memory before it is answered, so that the device may speak at once. */
@Controller()
export class DevicesController {
  constructor(@Inject(PORTS) private readonly ports: Ports) {}

  @Call('createDevice')
  async create(@Input() { body }: InputOf<'createDevice'>): Promise<AnswerOf<'createDevice'>> {
    const device = await this.store.createDevice(body, this.ports.clock.nowMs());
    await this.ports.registry.refresh([device.deviceId]);
    return device;
  }

  @Call('listDevices')
  async list(@Input() { query }: InputOf<'listDevices'>): Promise<AnswerOf<'listDevices'>> {
    const { items, next } = await this.store.devices(query);
    return { items: [...items], ...(next === undefined ? {} : { next }) };
  }

  @Call('getDevice')
  async get(@Input() { params }: InputOf<'getDevice'>): Promise<AnswerOf<'getDevice'>> {
    const device = await this.store.device(params.deviceId);
    if (!device) throw new ProblemError(404, `No device ${params.deviceId} is registered.`);
    return device;
  }

  @Call('changeDevice')
  async change(@Input() { params, body }: InputOf<'changeDevice'>): Promise<AnswerOf<'changeDevice'>> {
    const device = await this.store.changeDevice(params.deviceId, body, this.ports.clock.nowMs());
    await this.ports.registry.refresh([device.deviceId]);
    return device;
  }

  @Call('deleteDevice')
  async delete(@Input() { params }: InputOf<'deleteDevice'>): Promise<void> {
    await this.store.deleteDevice(params.deviceId, this.ports.clock.nowMs());
    await this.ports.registry.refresh([params.deviceId]);
  }

  @Call('issueCredential')
  async issueCredential(@Input() { params }: InputOf<'issueCredential'>): Promise<AnswerOf<'issueCredential'>> {
    const credential = await this.store.issueCredential(params.deviceId, this.ports.clock.nowMs());
    await this.ports.registry.refresh([params.deviceId]);
    return credential;
  }

  private get store() {
    return this.ports.records.registry;
  }
}
