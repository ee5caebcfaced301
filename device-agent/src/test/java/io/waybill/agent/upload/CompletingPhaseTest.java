package io.waybill.agent.upload;

import io.waybill.agent.spool.FileState;
import io.waybill.agent.upload.Phase.Cause;
import io.waybill.agent.upload.Phase.Completing;
import io.waybill.agent.upload.Phase.InDoubt;
import io.waybill.agent.upload.Phase.Step;

/** All parts are stored: what was sent is proven, then the server is asked to complete. */
class CompletingPhaseTest extends PhaseTable {

  private static final Completing PROVING = new Completing(false, ASKED);
  private static final Completing ASKING = new Completing(true, ASKED);

  @Override
  void table() {
    row(
        "what was sent is the file: the server is asked to complete",
        PROVING,
        same(ASKED),
        new Completing(true, NEXT),
        new Effect.AskComplete(NEXT));
    row(
        "a file that cannot be read now proves nothing: it is waited for",
        PROVING,
        unreadable(ASKED),
        waiting(Cause.FILE, "no disk", NEXT),
        waits(new Effect.CloseFile(), NEXT));
    row(
        "a completion that is refused puts the session in doubt",
        ASKING,
        refused(ASKED, "upload.completion_in_progress"),
        new InDoubt(new Step.Status(), NEXT, null),
        new Effect.AskStatus(NEXT));
    row(
        "a completion that is refused for now is waited for",
        ASKING,
        refused(ASKED, "storage.refused"),
        waiting(Cause.SERVER, "storage.refused" + AS_TOLD, NEXT),
        waits(NEXT));
    row(
        "a completion that is refused for good ends it",
        ASKING,
        refused(ASKED, "upload.checksum_mismatch"),
        ended(FileState.REFUSED, "upload.checksum_mismatch" + AS_TOLD),
        ends(FileState.REFUSED, "upload.checksum_mismatch" + AS_TOLD));
    for (Completing completing : new Completing[] {PROVING, ASKING}) {
      stays(
          "its own answer will tell",
          completing,
          new Event.Tick(),
          new Event.TakenUp(),
          new Event.NotCreated(error("auth.permission_denied")),
          new Event.PartStored(),
          new Event.UploadUnknown("404"),
          new Event.StoreRefuses("403"),
          new Event.AllStored(),
          new Event.Due(ASKED),
          new Event.Opened(0, "session"),
          new Event.Opened(ASKED, "session"),
          said(ASKED, "UPLOADING"),
          listed(ASKED),
          new Event.Extended(ASKED),
          refused(0, "upload.invalid_state"),
          same(0),
          unreadable(0),
          new Event.Left(ASKED));
      endings(completing);
    }
    row(
        "a hold does not take it back",
        ASKING,
        new Event.Hold(true),
        ASKING,
        new Effect.Tell(
            new UploadStep.Waiting(
                "run.mcap",
                "paused on this machine; go on with: waybill-agent resume-session",
                null)));
  }
}
