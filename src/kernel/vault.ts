import { createCipheriv, createDecipheriv, randomBytes } from "node:crypto";

/** Keeps secrets so that they can stand in the records: AES-256-GCM under a key of the key file (NIST SP 800-38D, 96-bit nonces). */
export interface Vault {
  /** `about` says what the secret belongs to: sealed for one thing, it opens for no other. */
  seal(secret: string, about: string): string;
  /** Nothing where it was sealed for something else, under another key, or was changed. */
  open(sealed: string, about: string): string | undefined;
}

const [nonceBytes, tagBytes] = [12, 16];

/** A vault under a key of 256 bits, as hexadecimal digits. */
export function openVault(key: string): Vault {
  const secretKey = Buffer.from(key.slice(0, 64), "hex");
  return {
    seal: (secret, about) => {
      const nonce = randomBytes(nonceBytes);
      const cipher = createCipheriv("aes-256-gcm", secretKey, nonce).setAAD(Buffer.from(about));
      const body = Buffer.concat([cipher.update(secret, "utf8"), cipher.final()]);
      return Buffer.concat([nonce, cipher.getAuthTag(), body]).toString("base64");
    },
    open: (sealed, about) => {
      const bytes = Buffer.from(sealed, "base64");
      if (bytes.length < nonceBytes + tagBytes) return undefined;
      const [nonce, rest] = [bytes.subarray(0, nonceBytes), bytes.subarray(nonceBytes)];
      const decipher = createDecipheriv("aes-256-gcm", secretKey, nonce, { authTagLength: tagBytes });
      decipher.setAAD(Buffer.from(about)).setAuthTag(rest.subarray(0, tagBytes));
      try {
        return Buffer.concat([decipher.update(rest.subarray(tagBytes)), decipher.final()]).toString("utf8");
      } catch {
        return undefined;
      }
    },
  };
}
