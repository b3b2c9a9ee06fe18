import { argon2, randomBytes, timingSafeEqual } from "node:crypto";

const cost = { memory: 19_456, passes: 2, parallelism: 1, tagLength: 32 } as const; // OWASP's minimum for Argon2id

/** A password as it is stored: Argon2id with its own salt and its cost, `argon2id$19456$2$salt$hash`. */
export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(16);
  const hash = await derive(password, salt, cost.memory, cost.passes);
  return ["argon2id", cost.memory, cost.passes, salt.toString("base64url"), hash.toString("base64url")].join("$");
}

/** Whether the password fits. Takes as long when there is no account, so that time does not tell. */
export async function checkPassword(password: string, stored: string | undefined): Promise<boolean> {
  const [, memory, passes, salt, hash] = (stored ?? `argon2id$${cost.memory}$${cost.passes}$AAAAAAAAAAAAAAAAAAAAAA$AA`).split(
    "$",
  );
  const wanted = Buffer.from(hash ?? "", "base64url");
  const got = await derive(password, Buffer.from(salt ?? "", "base64url"), Number(memory), Number(passes));
  return stored !== undefined && wanted.length === got.length && timingSafeEqual(wanted, got);
}

async function derive(password: string, salt: Buffer, memory: number, passes: number): Promise<Buffer> {
  const message = password.normalize("NFKC");
  return new Promise((resolve, reject) => {
    argon2(
      "argon2id",
      { message, nonce: salt, memory, passes, parallelism: cost.parallelism, tagLength: cost.tagLength },
      (error, key) => {
        if (error) reject(error);
        else resolve(key);
      },
    );
  });
}
