package io.waybill.gateway;

/** When our death can lose a command no more, and so when its request is acknowledged. */
enum AckPoint {
  /** After its commit and after its answer is handed over. */
  ONE_TRANSACTION,
  /** After its intent is committed: from then on any gateway can finish it and answer. */
  INTENT_FIRST,
  /** At once: it changes nothing, waits for storage, and its device asks again. */
  READS_STORAGE
}
