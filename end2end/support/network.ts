// A network that a test cuts: a proxy between one browser and the server.

import { type Server as Listener, type Socket, connect, createServer } from 'node:net';

/** What the network does: it carries, it refuses, or it takes everything and never answers (Wi-Fi that leads nowhere). */
export type Weather = 'carries' | 'refuses' | 'silent';

export class Network {
  private readonly sockets = new Set<Socket>();
  private weather: Weather = 'carries';

  private constructor(
    private readonly listener: Listener,
    readonly url: string,
  ) {}

  /** A way to the server at this address. */
  static async to(server: string): Promise<Network> {
    const target = new URL(server);
    const listener = createServer();
    await new Promise<void>((resolve) => listener.listen(0, '127.0.0.1', resolve));
    const address = listener.address();
    const port = typeof address === 'object' && address ? address.port : 0;
    const network = new Network(listener, `http://127.0.0.1:${port}`);
    listener.on('connection', (browser) => network.carry(browser, Number(target.port)));
    return network;
  }

  private carry(browser: Socket, port: number): void {
    browser.on('error', () => browser.destroy());
    if (this.weather === 'refuses') {
      browser.resetAndDestroy();
      return;
    }
    this.keep(browser);
    if (this.weather === 'silent') {
      browser.resume();
      return;
    }
    const server = connect(port, '127.0.0.1');
    this.keep(server);
    server.on('error', () => browser.destroy());
    browser.on('close', () => server.destroy());
    server.on('close', () => browser.destroy());
    browser.pipe(server);
    server.pipe(browser);
  }

  private keep(socket: Socket): void {
    this.sockets.add(socket);
    socket.on('close', () => this.sockets.delete(socket));
  }

  /** From now on it is so; what is under way ends, or is never answered. */
  change(weather: Weather): void {
    this.weather = weather;
    for (const socket of this.sockets) {
      if (weather === 'silent') {
        socket.unpipe();
        socket.resume();
      } else {
        socket.resetAndDestroy();
      }
    }
  }

  close(): void {
    this.change('refuses');
    this.listener.close();
  }
}
