// Figures as lines of the tables in docs/performance.md, and the names that those who are measured with are made of.

export const LAST = ['Müller', 'Öztürk', 'O’Neill', 'Novak', 'Girard', 'Patel', 'Horváth', 'Demir', 'Weber', 'Bondar'];
export const FIRST = ['Anna', 'Sofia', 'Théo', 'Uma', 'Viktor', 'Wanda', 'Yusuf', 'Zoé', 'Hugo', 'Ines', 'Jonas'];

/** Prints how long something took: the middle, nineteen of twenty, the longest. */
export function print(what: string, times: number[], unit: string): void {
  const sorted = [...times].sort((a, b) => a - b);
  const at = (part: number) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))].toFixed(0);
  console.log(`| ${what} | p50 ${at(0.5)} ${unit} | p95 ${at(0.95)} ${unit} | most ${at(1)} ${unit} | of ${times.length} |`);
}
