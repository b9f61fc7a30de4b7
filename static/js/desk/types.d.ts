/** What travels between the desk and the server, and what the desk keeps of it. */

/** Tokens, half-open; ds and de are signed code points from the outer edges of the first and last token. */
export type Span = [number, number] | [number, number, number, number];
export type Kind = "entity" | "stance" | "commitment";
export type Status = "suggested" | "accepted" | "rejected";
export type Value = string | boolean | Span | null;

export interface EntityState {
  status: Status;
  span: Span;
  label: string;
  actor: string | null;
  actor_id: string | null;
  flags: string[];
}

export interface FrameState {
  status: Status;
  slots: Record<string, Value>;
  ids: Record<string, string | null>;
}

export type State = EntityState | FrameState;

interface Head {
  id: string;
  version: number;
  origin: "suggested" | "corrected" | "added";
  suggester?: string | null;
  score?: number | null;
  cue?: string | null;
  /** Set while another's decision stands against mine. */
  conflict?: Conflict | null;
}

export interface Entity extends Head, EntityState {
  kind: "entity";
}

export interface Frame extends Head, FrameState {
  kind: "stance" | "commitment";
}

export type Item = Entity | Frame;

export interface Conflict {
  theirs: Item;
  who: string;
  when: string;
}

export interface Choice {
  name: string;
  title: string;
  key: string | null;
  rule: string;
}

export interface When {
  slot: string;
  among: string[];
}

export interface Slot {
  name: string;
  title: string;
  kind: "actor" | "choice" | "span" | "flag" | "text";
  choices: Choice[];
  required: boolean | When;
  only: When | null;
  key: string | null;
  open_prefix: string | null;
  rule: string;
}

export interface Label {
  name: string;
  title: string;
  hue: string;
  key: string | null;
  group: string;
  rule: string;
}

export interface Scheme {
  name: string;
  title: string;
  labels: Label[];
  stance: Slot[];
  commitment: Slot[];
  pairs: { target: Record<string, string>; otherwise: string; polarity: Record<string, string> };
  subtoken: boolean;
  overlap: boolean;
}

export interface Article {
  id: string;
  title: string;
  language: string;
  text_sha256: string;
  tokeniser: string;
  outlet: string | null;
  published: string | null;
  words: number;
  paragraphs: { kind: string | null; text: string; tokens: number[] }[];
  sentences: [number, number][];
}

export type Act =
  | "accept" | "reject" | "relabel" | "edges" | "add" | "edit" | "bulk" | "propagate" | "merge" | "split" | "restore" | "undo" | "redo";

export interface LogRow {
  key: string;
  txn: string;
  act: Act;
  undoes?: string | null;
  kind: Kind;
  id: string;
  before: State | null;
  after: State;
  at: string;
  who: string;
}

export interface Decision {
  key: string;
  txn: string;
  at: string;
  act: Act;
  undoes?: string;
  kind: Kind;
  id: string;
  expect: number;
  after: State;
  bulk: boolean;
  dwell_ms: number;
}

export type Verdict =
  | { key: string; verdict: "applied" | "duplicate"; version: number }
  | { key: string; verdict: "conflict"; object: Item; who: string; when: string }
  | { key: string; verdict: "invalid" | "closed"; why: string };

export interface Urls {
  data: string;
  log: string;
  ahead: string;
  article: string;
  waivers: string;
  decisions: string;
  stay: string;
  finish: string;
  skip: string;
  reopen: string;
  next: string;
  queue: string;
  actors: string;
  guideline: string;
  signin: string;
  mentions: string;
  carry: string;
  threads: string;
  mentionable: string;
  articles: string;
  board: string;
  /** Only for those who may adjudicate. */
  adjudication?: string;
}

export interface Data {
  item: { id: string | number; state: "open" | "done" | "skipped"; readonly: boolean; guideline: number | null };
  me: { id: string | number; name: string };
  urls: Urls;
  csrf: string;
  /** Seconds between two signs of life. */
  beat: number;
  article: Article;
  scheme: Scheme;
  rev: number;
  objects: Item[];
  /** Keys of the newest decisions that the server holds. */
  recent: string[];
  /** Reasons by the odd thing that was let stand. */
  waived: Record<string, string>;
}

/** One object's change within an act. */
export interface Change {
  kind: Kind;
  id: string;
  before: State | null;
  after: State;
}

/** An act that one undo takes back. */
export interface Txn {
  txn: string;
  act: Act;
  changes: Change[];
  at?: string;
  /** Who did it, where it was not done since the desk was opened. */
  who?: string;
  /** Set where it touched other articles only, so that the server takes it back. */
  elsewhere?: boolean;
}

export interface ActorHit {
  name: string;
  id: string | null;
  kind?: string;
}

export interface Paragraph {
  kind: string | null;
  text: string;
  first: number;
  last: number;
  starts: Uint32Array;
  ends: Uint32Array;
}

/** A decision in the outbox: enough to send it later, from any page of the same person. */
export interface Kept {
  seq?: number;
  lane: string;
  me: string;
  url: string;
  text_sha256: string;
  tokeniser: string;
  decision: Decision;
  why?: string;
}
