import { createHash, randomBytes } from 'node:crypto';
import { hash, verify } from '@node-rs/argon2';
import { and, asc, eq, gt, lte, ne } from 'drizzle-orm';
import type { Role, User } from '@lifeline/contracts';
import type { Engine } from './engine.js';
import { PeopleError, type PeopleStore } from './port.js';
import { people, sessions } from './schema.js';
import { storableText } from './storable.js';

/**
 * argon2id (the library's own default kind) with 19 MiB, two passes, one lane: a configuration that the OWASP Password Storage Cheat
 * Sheet recommends as its minimum.
 */
const ARGON2 = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };
const TOKEN_BYTES = 32;

export class SqlPeople implements PeopleStore {
  /** A hash that no password has: an unknown name costs the same check. */
  private readonly nobodysHash = hash(randomBytes(TOKEN_BYTES), ARGON2);

  constructor(private readonly engine: Engine) {}

  async ensureUser(username: string, password: string, role: Role, nowMs: number): Promise<boolean> {
    const [there] = await this.engine.run((db) =>
      db.select({ username: people.username }).from(people).where(eq(people.username, username)),
    );
    return there ? false : this.insert(username, password, role, nowMs);
  }

  async createUser(username: string, password: string, role: Role, nowMs: number): Promise<User> {
    if (!(await this.insert(username, password, role, nowMs)))
      throw new PeopleError('user-exists', `The name "${username}" is taken. Choose another.`);
    return { username, role };
  }

  async setPassword(username: string, password: string, keepToken = ''): Promise<User> {
    const passwordHash = await hash(password, ARGON2);
    return this.engine.transaction(async (db) => {
      const [person] = await db
        .update(people)
        .set({ passwordHash })
        .where(eq(people.username, storableText(username)))
        .returning({ username: people.username, role: people.role });
      if (!person) throw new PeopleError('user-unknown', `There is no account "${username}".`);
      await db
        .delete(sessions)
        .where(and(eq(sessions.username, person.username), ne(sessions.tokenSha256, sha256(keepToken))));
      return person;
    });
  }

  async users(): Promise<readonly User[]> {
    return this.engine.run((db) =>
      db.select({ username: people.username, role: people.role }).from(people).orderBy(asc(people.username)),
    );
  }

  async hasUsers(): Promise<boolean> {
    const rows = await this.engine.run((db) => db.select({ username: people.username }).from(people).limit(1));
    return rows.length > 0;
  }

  async verify(username: string, password: string): Promise<User | undefined> {
    const nobodysHash = await this.nobodysHash;
    const [person] = await this.engine.run((db) =>
      db
        .select()
        .from(people)
        .where(eq(people.username, storableText(username))),
    );
    const right = await verify(person?.passwordHash ?? nobodysHash, password);
    return person && right ? { username: person.username, role: person.role } : undefined;
  }

  async createSession(username: string, nowMs: number, untilMs: number): Promise<string> {
    const token = randomBytes(TOKEN_BYTES).toString('base64url');
    await this.engine.transaction(async (db) => {
      await db.delete(sessions).where(lte(sessions.untilMs, nowMs));
      const [person] = await db
        .select({ username: people.username })
        .from(people)
        .where(eq(people.username, username))
        .for('key share');
      if (!person) throw new PeopleError('user-unknown', `There is no account "${username}".`);
      await db.insert(sessions).values({ tokenSha256: sha256(token), username, createdAtMs: nowMs, untilMs });
    });
    return token;
  }

  async session(token: string, nowMs: number): Promise<User | undefined> {
    const [found] = await this.engine.run((db) =>
      db
        .select({ username: people.username, role: people.role })
        .from(sessions)
        .innerJoin(people, eq(people.username, sessions.username))
        .where(and(eq(sessions.tokenSha256, sha256(token)), gt(sessions.untilMs, nowMs))),
    );
    return found;
  }

  async deleteSession(token: string): Promise<void> {
    await this.engine.run((db) => db.delete(sessions).where(eq(sessions.tokenSha256, sha256(token))));
  }

  private async insert(username: string, password: string, role: Role, nowMs: number): Promise<boolean> {
    const passwordHash = await hash(password, ARGON2);
    const made = await this.engine.run((db) =>
      db
        .insert(people)
        .values({ username, passwordHash, role, createdAtMs: nowMs })
        .onConflictDoNothing()
        .returning({ username: people.username }),
    );
    return made.length > 0;
  }
}

function sha256(token: string): Uint8Array {
  return new Uint8Array(createHash('sha256').update(token).digest());
}
