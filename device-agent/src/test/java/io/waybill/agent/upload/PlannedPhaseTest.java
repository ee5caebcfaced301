package io.waybill.agent.upload;

import io.waybill.agent.spool.FileState;
import io.waybill.agent.upload.Phase.Cause;
import io.waybill.agent.upload.Phase.InDoubt;
import io.waybill.agent.upload.Phase.Planned;
import io.waybill.agent.upload.Phase.Step;
import io.waybill.agent.upload.Phase.Then;
import io.waybill.agent.upload.Phase.Waiting;

/** Before there is a session: planned, or waiting because the task is not made now. */
class PlannedPhaseTest extends PhaseTable {

  private static final Planned PLANNED = new Planned(null);
  private static final Waiting NO_RIGHTS =
      waiting(Cause.TASK, "auth.permission_denied" + AS_TOLD, ASKED);

  @Override
  void table() {
    row(
        "a session is made: whether the file still is the same is looked at before parts go",
        PLANNED,
        new Event.Opened(0, "session"),
        new InDoubt(new Step.SameFile(new Then.GoOn()), NEXT, null),
        new Effect.Compare(NEXT));
    row(
        "a task that is not made now is asked for again later",
        PLANNED,
        new Event.NotCreated(error("auth.permission_denied")),
        waiting(Cause.TASK, "auth.permission_denied" + AS_TOLD, NEXT),
        waits(NEXT));
    row(
        "a task that can never be made ends it",
        PLANNED,
        new Event.NotCreated(error("request.validation_failed")),
        ended(FileState.REFUSED, "request.validation_failed" + AS_TOLD),
        ends(FileState.REFUSED, "request.validation_failed" + AS_TOLD));
    row(
        "what nothing can mend ends it",
        PLANNED,
        new Event.Hopeless("left out"),
        ended(FileState.REFUSED, "left out"),
        ends(FileState.REFUSED, "left out"));
    stays("nothing of a session matters yet", PLANNED, OF_A_SESSION);

    row(
        "when the wait is over the task is asked for again, and what it waited for is remembered",
        NO_RIGHTS,
        new Event.Due(ASKED),
        new Planned(NO_RIGHTS),
        new Effect.Create());
    row(
        "a session that another file's try has brought ends the wait",
        NO_RIGHTS,
        new Event.Opened(0, "session"),
        new InDoubt(new Step.SameFile(new Then.GoOn()), NEXT, NO_RIGHTS),
        new Effect.Compare(NEXT));
    row(
        "a task that can never be made ends the wait, too",
        NO_RIGHTS,
        new Event.NotCreated(error("request.validation_failed")),
        ended(FileState.REFUSED, "request.validation_failed" + AS_TOLD),
        ends(FileState.REFUSED, "request.validation_failed" + AS_TOLD));
    stays(
        "a second refusal makes the wait no longer",
        NO_RIGHTS,
        new Event.NotCreated(error("project.not_found")));
    stays("another wait's end is not this one's", NO_RIGHTS, new Event.Due(ASKED - 1));
    stays("nothing of a session matters yet", NO_RIGHTS, OF_A_SESSION);
  }

  private static final Event[] OF_A_SESSION = {
    new Event.Tick(),
    new Event.Hold(true),
    new Event.TakenUp(),
    new Event.PartStored(),
    new Event.UploadUnknown("404"),
    new Event.StoreRefuses("403"),
    new Event.AllStored(),
    whole(),
    new Event.Due(0),
    said(ASKED, "UPLOADING"),
    listed(ASKED),
    new Event.Extended(ASKED),
    refused(0, "upload.invalid_state"),
    changed(0),
    new Event.Left(ASKED)
  };
}
