import { generateKeyPairSync, sign } from "node:crypto";

/** A key and the certificate it signed for itself, as PEM texts. */
export interface SelfSignedCertificate {
  readonly key: string;
  readonly certificate: string;
}

/**
 * Makes a certificate for `localhost` and 127.0.0.1 that is its own authority, valid for a day, for servers and clients.
 * Written as DER here, so that a test needs no `openssl` on the machine (RFC 5280, section 4.1).
 */
export function createCertificate(commonName: string): SelfSignedCertificate {
  const { publicKey, privateKey } = generateKeyPairSync("ec", { namedCurve: "prime256v1" });
  const name = sequence(element(0x31, sequence(objectId("550403"), element(0x0c, Buffer.from(commonName)))));
  const extensions = sequence(
    sequence(
      objectId("551d13"),
      element(0x01, Buffer.from([0xff])),
      octets(sequence(element(0x01, Buffer.from([0xff])))),
    ),
    sequence(
      objectId("551d11"),
      octets(sequence(element(0x82, Buffer.from("localhost")), element(0x87, Buffer.from([127, 0, 0, 1])))),
    ),
  );
  const toBeSigned = sequence(
    element(0xa0, element(0x02, Buffer.from([2]))),
    element(0x02, Buffer.from([1])),
    ecdsaWithSha256,
    name,
    sequence(utcTime(-hourMs), utcTime(24 * hourMs)),
    name,
    publicKey.export({ type: "spki", format: "der" }),
    element(0xa3, extensions),
  );
  const signature = sign("sha256", toBeSigned, privateKey);
  const certificate = sequence(
    toBeSigned,
    ecdsaWithSha256,
    element(0x03, Buffer.concat([Buffer.from([0]), signature])),
  );
  return {
    key: privateKey.export({ type: "pkcs8", format: "pem" }).toString(),
    certificate: `-----BEGIN CERTIFICATE-----\n${certificate
      .toString("base64")
      .match(/.{1,64}/g)
      ?.join("\n")}\n-----END CERTIFICATE-----\n`,
  };
}

const hourMs = 3_600_000;
const ecdsaWithSha256 = sequence(objectId("2a8648ce3d040302"));

/** Tag, length and content of one DER element; content below 64 KiB. */
function element(tag: number, content: Uint8Array): Buffer {
  const { length } = content;
  const lengthBytes = length < 0x80 ? [length] : length < 0x100 ? [0x81, length] : [0x82, length >> 8, length & 0xff];
  return Buffer.concat([Buffer.from([tag, ...lengthBytes]), content]);
}

function sequence(...parts: readonly Uint8Array[]): Buffer {
  return element(0x30, Buffer.concat(parts));
}

function octets(content: Uint8Array): Buffer {
  return element(0x04, content);
}

function objectId(hex: string): Buffer {
  return element(0x06, Buffer.from(hex, "hex"));
}

/** `YYMMDDhhmmssZ`, `offsetMs` from now. */
function utcTime(offsetMs: number): Buffer {
  const digits = new Date(Date.now() + offsetMs).toISOString().replaceAll(/[-:T]/g, "").slice(2, 14);
  return element(0x17, Buffer.from(`${digits}Z`));
}
