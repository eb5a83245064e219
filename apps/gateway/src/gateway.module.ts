import { Module, type DynamicModule } from '@nestjs/common';
import { APP_FILTER, APP_GUARD } from '@nestjs/core';
import { PORTS, type Ports } from '@lifeline/ports';
import { AlarmDeskCall } from './alarms/alarm-desk-call.js';
import { AlarmDefinitionsController } from './alarms/alarm-definitions.controller.js';
import { AlarmsController } from './alarms/alarms.controller.js';
import { CallOutDesk } from './call-outs/call-out-desk.js';
import { CallOutsController } from './call-outs/call-outs.controller.js';
import { CallOutDeliveries } from './call-outs/deliveries.js';
import { CallGuard } from './calls/call-guard.js';
import { CityController } from './city/city.controller.js';
import { DutyController } from './duty/duty.controller.js';
import { GATEWAY_OPTIONS, type GatewayOptions } from './gateway-options.js';
import { HealthController } from './health/health.controller.js';
import { ExportController } from './history/export/export.controller.js';
import { HistoryController } from './history/history.controller.js';
import { PastController } from './history/past.controller.js';
import { IncidentActs } from './incidents/incident-acts.js';
import { IncidentRecorder } from './incidents/incident-recorder.js';
import { IncidentWork } from './incidents/incident-work.js';
import { IncidentsController } from './incidents/incidents.controller.js';
import { IntakeController } from './intake/intake.controller.js';
import { LiveFeed } from './live/live-feed.js';
import { LiveGateway } from './live/live.gateway.js';
import { MaintenanceController } from './maintenance/maintenance.controller.js';
import { MaintenanceDesk } from './maintenance/maintenance-desk.js';
import { MapController } from './map/map.controller.js';
import { PeopleController } from './people/people.controller.js';
import { PlacesController } from './places/places.controller.js';
import { ProblemFilter } from './problems/problem-filter.js';
import { AssetsController } from './registry/assets.controller.js';
import { DevicesController } from './registry/devices.controller.js';
import { SensorsController } from './registry/sensors.controller.js';
import { SessionController } from './session/session.controller.js';

/** The gateway: what people and programs outside see of Lifeline, by REST, socket.io and the page. */
@Module({})
export class GatewayModule {
  /** Ports must be open and the registry copy started; `configureGateway` does the rest on the application. */
  static for(ports: Ports, options: GatewayOptions): DynamicModule {
    return {
      module: GatewayModule,
      controllers: [
        SessionController,
        CityController,
        AssetsController,
        DevicesController,
        SensorsController,
        AlarmsController,
        AlarmDefinitionsController,
        IncidentsController,
        HistoryController,
        ExportController,
        MaintenanceController,
        DutyController,
        CallOutsController,
        PastController,
        IntakeController,
        PeopleController,
        MapController,
        PlacesController,
        HealthController,
      ],
      providers: [
        { provide: PORTS, useValue: ports },
        { provide: GATEWAY_OPTIONS, useValue: options },
        { provide: APP_GUARD, useClass: CallGuard },
        { provide: APP_FILTER, useClass: ProblemFilter },
        LiveFeed,
        LiveGateway,
        AlarmDeskCall,
        MaintenanceDesk,
        IncidentRecorder,
        IncidentActs,
        IncidentWork,
        CallOutDeliveries,
        CallOutDesk,
      ],
    };
  }
}
