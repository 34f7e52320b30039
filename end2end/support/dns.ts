// A name server on this machine that answers from a list.

import { createSocket, type Socket } from 'node:dgram';

const MX = 15;
const TXT = 16;

function name(text: string): Buffer {
  const labels = text.split('.').filter((label) => label !== '');
  return Buffer.concat([...labels.map((label) => Buffer.from([label.length, ...Buffer.from(label)])), Buffer.from([0])]);
}

export class NameServer {
  private readonly records = new Map<string, Buffer[]>();

  private constructor(
    private readonly socket: Socket,
    readonly address: string,
  ) {
    socket.on('message', (message, from) => socket.send(this.answer(message), from.port, from.address));
  }

  static start(): Promise<NameServer> {
    const socket = createSocket('udp4');
    return new Promise((resolve) => {
      socket.bind(0, '127.0.0.1', () => resolve(new NameServer(socket, `127.0.0.1:${socket.address().port}`)));
    });
  }

  stop(): void {
    this.socket.close();
  }

  txt(asked: string, text: string): void {
    const bytes = Buffer.from(text);
    const strings: Buffer[] = [];
    for (let at = 0; at < bytes.length; at += 255) {
      const part = bytes.subarray(at, at + 255);
      strings.push(Buffer.from([part.length]), part);
    }
    this.add(asked, TXT, Buffer.concat(strings));
  }

  mx(asked: string, host: string): void {
    this.add(asked, MX, Buffer.concat([Buffer.from([0, 10]), name(host)]));
  }

  private add(asked: string, kind: number, data: Buffer): void {
    const key = `${asked} ${kind}`;
    this.records.set(key, [...(this.records.get(key) ?? []), data]);
  }

  private answer(message: Buffer): Buffer {
    const labels: string[] = [];
    let at = 12;
    while (message[at] !== 0) {
      labels.push(message.subarray(at + 1, at + 1 + message[at]).toString().toLowerCase());
      at += 1 + message[at];
    }
    const kind = message.readUInt16BE(at + 1);
    const asked = labels.join('.');
    const found = this.records.get(`${asked} ${kind}`) ?? [];
    const known = [...this.records.keys()].some((key) => key.startsWith(`${asked} `));
    const head = Buffer.alloc(12);
    message.copy(head, 0, 0, 2);
    head.writeUInt8(0x85, 2);
    head.writeUInt8(known ? 0x80 : 0x83, 3);
    head.writeUInt16BE(1, 4);
    head.writeUInt16BE(found.length, 6);
    const answers = found.map((data) => {
      const record = Buffer.alloc(12);
      record.writeUInt16BE(0xc00c, 0);
      record.writeUInt16BE(kind, 2);
      record.writeUInt16BE(1, 4);
      record.writeUInt32BE(60, 6);
      record.writeUInt16BE(data.length, 10);
      return Buffer.concat([record, data]);
    });
    return Buffer.concat([head, message.subarray(12, at + 5), ...answers]);
  }
}
