package io.waybill.agent.upload;

import io.waybill.agent.spool.FileState;
import io.waybill.agent.upload.Phase.Ended;

/** A file that has ended stays so, whatever is said of it. */
class EndedPhaseTest extends PhaseTable {

  private static final Ended LEAVING = new Ended(FileState.CHANGED, "it grew", ASKED);

  @Override
  void table() {
    row(
        "when the server has heard of it nothing is left to be said",
        LEAVING,
        new Event.Left(ASKED),
        ended(FileState.CHANGED, "it grew"));
    for (Ended end : new Ended[] {LEAVING, ended(FileState.DONE, null)}) {
      stays(
          "it stays as it is",
          end,
          new Event.Tick(),
          new Event.Hold(true),
          new Event.TakenUp(),
          new Event.NotCreated(error("auth.permission_denied")),
          new Event.Hopeless("no way"),
          new Event.PartStored(),
          new Event.UploadUnknown("404"),
          new Event.StoreRefuses("403"),
          new Event.AllStored(),
          whole(),
          new Event.Due(ASKED),
          new Event.Opened(0, "session"),
          said(ASKED, "UPLOADING"),
          listed(ASKED),
          new Event.Extended(ASKED),
          refused(0, "request.too_large"),
          changed(0),
          new Event.Left(ASKED - 1));
    }
  }
}
