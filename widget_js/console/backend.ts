import type { Boot } from "./boot";
import { words } from "./words";

/** What the server or the line refused, in words for people. */
export class Refusal extends Error {}

/** What is asked for once, beside the socket. Every failure is a Refusal. */
export interface Backend {
  get<T>(path: string): Promise<T>;
  post<T>(path: string, fields: Record<string, string>): Promise<T>;
}

/** The console's JSON over HTTP. */
export class HttpBackend implements Backend {
  private readonly root: string;

  constructor(private readonly boot: Boot) {
    this.root = `/console/${boot.tenant.slug}`;
  }

  get<T>(path: string): Promise<T> {
    return this.ask<T>(path, {});
  }

  post<T>(path: string, fields: Record<string, string>): Promise<T> {
    return this.ask<T>(path, { method: "POST", body: new URLSearchParams(fields) });
  }

  private async ask<T>(path: string, request: RequestInit): Promise<T> {
    const headers = { accept: "application/json", "x-csrftoken": this.boot.csrf };
    const response = await fetch(this.root + path, { ...request, headers }).catch(() => null);
    if (response === null) throw new Refusal(words.noAnswer);
    if (response.status === 204) return undefined as T;
    const answer: unknown = await response.json().catch(() => null);
    if (response.ok && answer !== null) return answer as T;
    throw new Refusal(reason(answer) ?? words.noAnswer);
  }
}

function reason(answer: unknown): string | null {
  const isProblem = typeof answer === "object" && answer !== null && "detail" in answer;
  return isProblem && typeof answer.detail === "string" ? answer.detail : null;
}
