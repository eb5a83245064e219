import { createServer } from 'node:net';
import { Aedes } from 'aedes';

/** The embedded broker alone, in a process of its own: no check, no log, no consumer. Prints its port. */
const broker = await Aedes.createBroker();
const server = createServer(broker.handle);
server.listen(0, '127.0.0.1', () => {
  const address = server.address();
  if (address && typeof address === 'object') process.send?.(address.port);
});
