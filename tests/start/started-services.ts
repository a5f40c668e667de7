import { occupyPort, type ServiceProcess, startProcess, type temporaryDirectory, until } from './service-process.ts';

export type Directory = Awaited<ReturnType<typeof temporaryDirectory>>;
export type Address = Awaited<ReturnType<ServiceProcess['ready']>>;

/** The services that a test has started with `npm start` or `npm run start:services`. */
export class StartedServices {
  private started: ServiceProcess[] = [];

  constructor(private readonly script: 'start' | 'start-services') {}

  start(directory: Directory, environment: Record<string, string> = {}): ServiceProcess {
    const service = startProcess(directory.path, environment, this.script);
    this.started.push(service);
    return service;
  }

  /** Starts on an empty directory with the demo; what /readyz says while it is loaded and afterwards. */
  async startFirst(directory: Directory): Promise<{ service: ServiceProcess; address: Address; readiness: number[] }> {
    const { port, close } = await occupyPort();
    close();
    const statusOf = (path: string) =>
      fetch(`http://localhost:${port}${path}`).then(
        ({ status }) => status,
        () => 0,
      );
    const service = this.start(directory, { DEMO_DATA: 'on', PORT: String(port) });
    await until(async () => (await statusOf('/healthz')) === 200);
    const whileLoading = await statusOf('/readyz');
    const address = await service.ready();
    await until(async () => (await statusOf('/readyz')) !== 503);
    return { service, address, readiness: [whileLoading, await statusOf('/readyz')] };
  }

  /** Stops those that still run. */
  async stopAll(): Promise<void> {
    for (const service of this.started) {
      service.child.kill('SIGTERM');
      await service.ended();
    }
    this.started = [];
  }
}
