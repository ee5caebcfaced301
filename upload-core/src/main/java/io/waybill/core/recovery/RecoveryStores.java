package io.waybill.core.recovery;

import io.waybill.core.upload.UploadStores;

/** The stores that recovery touches: its own, and those of what lies below it. */
public interface RecoveryStores extends UploadStores {

  RecoveryTables recovery();

  default RecoveryStore recoveries() {
    return recovery().runs();
  }

  default RecoveryChecks recoveryChecks() {
    return recovery().checks();
  }

  default UnclaimedObjects unclaimedObjects() {
    return recovery().unclaimed();
  }
}
