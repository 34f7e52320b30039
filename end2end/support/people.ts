// People for a CSV file.

/** A line of the file; see `convoke import users --help`. */
export interface Person {
  last_name: string;
  first_name: string;
  email?: string;
  mobile?: string;
  channel?: 'email' | 'sms';
  language?: 'en' | 'fr';
  type?: string;
  employee_id?: string;
  groups?: string[];
}

const COLUMNS = ['last_name', 'first_name', 'email', 'mobile', 'channel', 'language', 'type', 'employee_id'] as const;

/** The file. */
export function csv(people: Person[]): string {
  const quoted = (value: string) => (/[",\n]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value);
  const line = (person: Person) =>
    [...COLUMNS.map((column) => person[column] ?? ''), (person.groups ?? []).join(';')].map(quoted).join(',');
  return [[...COLUMNS, 'groups'].join(','), ...people.map(line)].join('\n') + '\n';
}

/** How a person's messages are counted. */
export function writtenByEmail(person: Person): boolean {
  return person.channel === 'sms' ? !person.mobile : !!person.email;
}

/**
 * The people of a journey. `key` makes their addresses its own: the servers for mail and SMS are shared.
 * Twelve in the group Maintenance, five of them by SMS; one wants SMS and has no mobile; five elsewhere, one of whom
 * prefers SMS; and names that test the search.
 */
export function journeyPeople(key: string): Person[] {
  const domain = `${key}.test`;
  const prefix = mobilePrefix(key);
  const names: [string, string][] = [
    ['Novak', 'Sofia'],
    ['Girard', 'Théo'],
    ['Patel', 'Uma'],
    ['Horváth', 'Viktor'],
    ['Kowalska', 'Wanda'],
    ['Demir', 'Yusuf'],
    ['Fontaine', 'Zoé'],
    ['Moreau', 'Hugo'],
    ['Carvalho', 'Ines'],
    ['Weber', 'Jonas'],
    ['Bondar', 'Kateryna'],
    ['Lindqvist', 'Greta'],
  ];
  const maintenance = names.map(([last_name, first_name], n): Person => ({
    last_name,
    first_name,
    email: `m${n}@${domain}`,
    mobile: `${prefix}${String(100 + n)}`,
    channel: n < 5 ? 'sms' : 'email',
    language: 'en',
    type: n % 3 === 0 ? 'Intern' : 'Collaborator',
    employee_id: `M-${n}`,
    groups: n % 2 === 0 ? ['Maintenance', 'Plant Lyon'] : ['Maintenance'],
  }));
  return [
    ...maintenance,
    { last_name: 'Álvarez', first_name: 'Pedro', email: `pedro@${domain}`, channel: 'sms', groups: ['Maintenance'] },
    { last_name: 'Müller', first_name: 'Anna', email: `anna@${domain}`, groups: ['Office'] },
    { last_name: 'O’Neill', first_name: 'Liam', email: `liam@${domain}`, groups: ['Office'] },
    { last_name: 'Öztürk', first_name: 'Elif', email: `elif@${domain}`, mobile: `${prefix}200`, channel: 'sms', groups: ['Office'] },
    { last_name: 'Dubois', first_name: 'Quentin', email: `quentin@${domain}`, groups: ['Office'] },
    { last_name: 'Saleh', first_name: 'Rania', email: `rania@${domain}`, groups: ['Office'] },
  ];
}

/** French mobile numbers that belong to one journey: nine digits without the last three. */
export function mobilePrefix(key: string): string {
  let sum = 0;
  for (const char of key) sum = (sum * 31 + char.charCodeAt(0)) % 100_000;
  return `+336${String(10_000 + (sum % 90_000)).padStart(5, '0')}`;
}
