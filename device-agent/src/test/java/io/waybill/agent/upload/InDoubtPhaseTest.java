package io.waybill.agent.upload;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.agent.spool.FileState;
import io.waybill.agent.upload.Phase.Cause;
import io.waybill.agent.upload.Phase.InDoubt;
import io.waybill.agent.upload.Phase.Paused;
import io.waybill.agent.upload.Phase.Row;
import io.waybill.agent.upload.Phase.Sending;
import io.waybill.agent.upload.Phase.Step;
import io.waybill.agent.upload.Phase.Then;
import io.waybill.agent.upload.Phase.Waiting;
import io.waybill.agent.upload.UploadStep.GoesOn;
import io.waybill.agent.upload.UploadStep.Restarted;
import io.waybill.agent.upload.UploadStep.Warned;
import java.time.Duration;
import java.util.BitSet;
import java.util.List;
import org.junit.jupiter.api.Test;

/** While it is found out what is true, step by step. */
class InDoubtPhaseTest extends PhaseTable {

  private static final String DENIED = "auth.permission_denied";
  private static final String GONE = "its session expired";
  private static final Paused PAUSED = new Paused("paused on the server", 0, 0);

  private static InDoubt doing(Step step) {
    return new InDoubt(step, ASKED, null);
  }

  private static InDoubt next(Step step) {
    return new InDoubt(step, NEXT, null);
  }

  private static InDoubt comparing(Then then) {
    return doing(new Step.SameFile(then));
  }

  private static final InDoubt STATUS = doing(new Step.Status());
  private static final InDoubt PARTS = doing(new Step.Parts());
  private static final InDoubt EXTENSION = doing(new Step.Extension());
  private static final InDoubt RENEWAL = doing(new Step.Renewal(GONE));
  private static final InDoubt LATER = doing(new Step.LookLater());

  @Override
  void table() {
    fromLookToParts();
    anotherSession();
    besides();
    endings(STATUS);
    endings(RENEWAL);
  }

  private void fromLookToParts() {
    row(
        "a run begins with a look",
        new InDoubt(new Step.Status(), 0, null),
        new Event.TakenUp(),
        next(new Step.Status()),
        new Effect.AskStatus(NEXT));
    row(
        "a look that was put off is asked",
        LATER,
        new Event.Due(ASKED),
        next(new Step.Status()),
        new Effect.AskStatus(NEXT));
    row(
        "a session that lives has its parts listed",
        STATUS,
        said(ASKED, "UPLOADING"),
        next(new Step.Parts()),
        new Effect.AskParts(NEXT));
    row(
        "what is listed is taken over when the file still is the same",
        PARTS,
        listed(ASKED),
        next(new Step.SameFile(new Then.TakeOver(new BitSet(), Duration.ZERO))),
        new Effect.Compare(NEXT));
    row(
        "it is the same: parts go",
        comparing(new Then.TakeOver(new BitSet(), Duration.ZERO)),
        same(ASKED),
        new Sending(0),
        new Effect.TakeOver(new BitSet(), Duration.ZERO));
    row(
        "a list that is refused is none: the doubt is looked into",
        PARTS,
        refused(ASKED, "upload.invalid_state"),
        next(new Step.Status()),
        new Effect.AskStatus(NEXT));
    row(
        "a list that is refused for now is waited for",
        PARTS,
        refused(ASKED, "storage.refused"),
        waiting(Cause.SERVER, "storage.refused" + AS_TOLD, NEXT),
        waits(NEXT));
    row(
        "a new session's parts go when the file is the same, and a person hears that it goes on",
        new InDoubt(new Step.SameFile(new Then.GoOn()), ASKED, PAUSED),
        same(ASKED),
        new Sending(0),
        new Effect.Tell(new GoesOn("run.mcap")),
        SAVE);
    row(
        "a file that can be read again has its session looked at",
        comparing(new Then.Look()),
        same(ASKED),
        next(new Step.Status()),
        new Effect.AskStatus(NEXT));
    row(
        "a file that still cannot be read is waited for",
        comparing(new Then.Look()),
        unreadable(ASKED),
        waiting(Cause.FILE, "no disk", NEXT),
        waits(new Effect.CloseFile(), NEXT));
  }

  private void anotherSession() {
    row(
        "an expired session is asked to live on",
        STATUS,
        said(ASKED, "EXPIRED"),
        next(new Step.Extension()),
        new Effect.AskExtension(NEXT));
    row(
        "it lives on: it is looked at",
        EXTENSION,
        new Event.Extended(ASKED),
        next(new Step.Status()),
        new Effect.AskStatus(NEXT));
    row(
        "it may not live on: another one is asked for, if the file is the same",
        EXTENSION,
        refused(ASKED, DENIED),
        next(new Step.SameFile(new Then.Renew(GONE))),
        new Effect.Compare(NEXT));
    row(
        "the file is the same: another session is asked for",
        comparing(new Then.Renew(GONE)),
        same(ASKED),
        next(new Step.Renewal(GONE)),
        new Effect.AskAnotherSession(NEXT));
    row(
        "another session is there: its parts go when the file is the same",
        RENEWAL,
        new Event.Opened(ASKED, "new"),
        next(new Step.SameFile(new Then.GoOn())),
        new Effect.Tell(new Restarted("run.mcap", GONE, "new")),
        new Effect.Compare(NEXT));
    row(
        "another session is refused for now: it waits",
        RENEWAL,
        refused(ASKED, DENIED),
        waiting(Cause.SERVER, NO_NEW_ONE + DENIED + AS_TOLD, NEXT),
        waits(NEXT));
    row(
        "another session is refused for good: it ends",
        RENEWAL,
        refused(ASKED, "request.too_large"),
        ended(FileState.REFUSED, NO_NEW_ONE + "request.too_large" + AS_TOLD),
        ends(FileState.REFUSED, NO_NEW_ONE + "request.too_large" + AS_TOLD));
  }

  private static final String NO_NEW_ONE = GONE + ", and a new one was refused: ";

  private void besides() {
    row(
        "what several parts report is one doubt",
        STATUS,
        new Event.UploadUnknown("404"),
        STATUS,
        new Effect.Tell(new Warned("run.mcap", "404; asking the server what is true")),
        DROP_URLS);
    row(
        "a store that refuses fresh URLs is left alone for a minute",
        STATUS,
        new Event.StoreRefuses("403"),
        new Waiting(Cause.STORE, "403", AT.plusSeconds(60), new Row(AT, 1), NEXT),
        DROP_URLS,
        TELL_HALT,
        SAVE,
        new Effect.After(Duration.ofMinutes(1), NEXT));
    row(
        "a hold is told besides",
        STATUS,
        new Event.Hold(true),
        STATUS,
        new Effect.Tell(
            new UploadStep.Waiting(
                "run.mcap",
                "paused on this machine; go on with: waybill-agent resume-session",
                null)));
    stays("a refused command is no other doubt", STATUS, refused(0, "upload.invalid_state"));
    for (InDoubt asked : new InDoubt[] {EXTENSION, RENEWAL}) {
      stays(
          "what is said of the old session says nothing new",
          asked,
          refused(0, DENIED),
          refused(0, "request.too_large"),
          new Event.UploadUnknown("404"),
          new Event.StoreRefuses("403"),
          unreadable(0));
    }
    for (InDoubt doubt : new InDoubt[] {STATUS, PARTS, EXTENSION, RENEWAL, LATER}) {
      stays(
          "nobody waits for it",
          doubt,
          new Event.Tick(),
          new Event.TakenUp(),
          new Event.NotCreated(error(DENIED)),
          new Event.PartStored(),
          new Event.AllStored(),
          new Event.Due(ASKED - 1),
          new Event.Opened(0, "session"),
          said(ASKED - 1, "ABORTED"),
          listed(ASKED - 1),
          new Event.Extended(ASKED - 1),
          refused(ASKED - 1, DENIED),
          same(0),
          new Event.Left(ASKED));
    }
  }

  @Test
  void a_session_that_expired_twice_without_a_part_stored_is_given_up_for_another() {
    Course revived = on(STATUS, said(ASKED, "EXPIRED")).next().in(STATUS);
    int number = NEXT + 1;
    assertThat(decisions.on(revived, said(ASKED, "EXPIRED"), AT).next().phase())
        .isEqualTo(new InDoubt(new Step.SameFile(new Then.Renew(GONE)), number, null));

    Course moved = decisions.on(revived, new Event.PartStored(), AT).next();
    assertThat(decisions.on(moved, said(ASKED, "EXPIRED"), AT).effects())
        .isEqualTo(List.<Effect>of(new Effect.AskExtension(number)));
  }

  @Test
  void an_object_that_loses_one_session_after_the_other_waits() {
    Course often = new Course(EXTENSION, false, new Course.Past(ASKED, 0, 5, false, AT));

    Decision decision = decisions.on(often, refused(ASKED, DENIED), AT);

    assertThat(decision.next().phase())
        .isEqualTo(waiting(Cause.SERVER, GONE + ", again and again", NEXT));
    assertThat(decision.next().past().restarts()).isZero();
  }
}
