import { engineError } from "./errors.ts";

interface Waiting {
  readonly organisation: string;
  readonly start: () => void;
}

/** Lets at most `width` pieces of work run at once and takes turns between organisations; at most `limit` may wait. */
export class FairQueue {
  readonly #width: number;
  readonly #limit: number;
  readonly #waiting: Waiting[] = [];
  readonly #lastServed = new Map<string, number>();
  #running = 0;
  #turn = 0;

  constructor(width: number, limit: number) {
    this.#width = width;
    this.#limit = limit;
  }

  async run<T>(organisation: string, work: () => Promise<T>): Promise<T> {
    if (this.#running >= this.#width) {
      if (this.#waiting.length >= this.#limit) throw engineError("busy", {});
      await new Promise<void>((start) => this.#waiting.push({ organisation, start }));
    } else {
      this.#running += 1;
      this.#serve(organisation);
    }
    try {
      return await work();
    } finally {
      this.#next();
    }
  }

  #next(): void {
    let chosen = -1;
    this.#waiting.forEach((candidate, at) => {
      const best = this.#waiting[chosen];
      if (!best || this.#served(candidate) < this.#served(best)) chosen = at;
    });
    const [next] = chosen === -1 ? [] : this.#waiting.splice(chosen, 1);
    if (next) {
      this.#serve(next.organisation); // at once: another place may come free before the work has begun
      next.start();
    } else this.#running -= 1;
  }

  #serve(organisation: string): void {
    this.#turn += 1;
    this.#lastServed.set(organisation, this.#turn);
  }

  #served(waiting: Waiting): number {
    return this.#lastServed.get(waiting.organisation) ?? 0;
  }
}
