// Node 18 has WebCrypto but not as a global; browsers and later Nodes do.
import { webcrypto } from "node:crypto";

globalThis.crypto ??= webcrypto;
