package io.waybill.agent.upload;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.agent.spool.FileState;
import io.waybill.agent.upload.Phase.Cause;
import io.waybill.agent.upload.Phase.InDoubt;
import io.waybill.agent.upload.Phase.Paused;
import io.waybill.agent.upload.Phase.Row;
import io.waybill.agent.upload.Phase.Step;
import io.waybill.agent.upload.Phase.Then;
import io.waybill.agent.upload.Phase.Waiting;
import io.waybill.agent.upload.UploadStep.Warned;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** While it stands still, and a person can see why. */
class HaltPhasesTest {

  private static final String DENIED = "auth.permission_denied";

  /** What is said of the session meanwhile. */
  private static final Event[] STALE = {
    new Event.TakenUp(),
    new Event.NotCreated(PhaseTable.error(DENIED)),
    new Event.AllStored(),
    new Event.PartStored(),
    new Event.Due(3),
    new Event.Opened(0, "session"),
    PhaseTable.said(3, "UPLOADING"),
    PhaseTable.listed(3),
    new Event.Extended(3),
    PhaseTable.same(0),
    new Event.Left(3)
  };

  private static Effect hold() {
    return new Effect.Tell(
        new UploadStep.Waiting(
            "run.mcap", "paused on this machine; go on with: waybill-agent resume-session", null));
  }

  private static Effect doubted() {
    return new Effect.Tell(new Warned("run.mcap", "404; asking the server what is true"));
  }

  @Nested
  class Waits extends PhaseTable {

    private static final Waiting REFUSED = waiting(Cause.SERVER, DENIED + AS_TOLD, ASKED);
    private static final Waiting UNREADABLE = waiting(Cause.FILE, "no disk", ASKED);
    private static final Waiting FORBIDDEN = waiting(Cause.STORE, "403", ASKED);

    @Override
    void table() {
      for (Waiting waiting : new Waiting[] {REFUSED, FORBIDDEN}) {
        row(
            "when the wait is over the session is looked at, and what it waited for is remembered",
            waiting,
            new Event.Due(ASKED),
            new InDoubt(new Step.Status(), NEXT, waiting),
            new Effect.AskStatus(NEXT));
      }
      row(
          "when the wait for the file is over the file is looked at",
          UNREADABLE,
          new Event.Due(ASKED),
          new InDoubt(new Step.SameFile(new Then.Look()), NEXT, UNREADABLE),
          new Effect.Compare(NEXT));
      row(
          "a refusal for good ends it",
          REFUSED,
          refused(0, "request.too_large"),
          ended(FileState.REFUSED, "request.too_large" + AS_TOLD),
          ends(FileState.REFUSED, "request.too_large" + AS_TOLD));
      row(
          "an upload that the store does not know is told, and time ends the wait",
          REFUSED,
          new Event.UploadUnknown("404"),
          REFUSED,
          doubted(),
          DROP_URLS);
      row(
          "another reason to wait does not make it longer",
          REFUSED,
          new Event.StoreRefuses("403"),
          REFUSED,
          DROP_URLS);
      row(
          "nor does a file that cannot be read",
          REFUSED,
          unreadable(0),
          REFUSED,
          new Effect.CloseFile());
      row("a hold is told besides", REFUSED, new Event.Hold(true), REFUSED, hold());
      stays("only time ends it", REFUSED, STALE);
      stays("only time ends it", REFUSED, new Event.Tick());
      stays(
          "what is refused meanwhile changes nothing",
          REFUSED,
          refused(0, DENIED),
          refused(0, "upload.invalid_state"));
      endings(REFUSED);
    }

    @Test
    void the_same_reason_again_counts_on_and_another_one_begins_anew() {
      InDoubt tried = new InDoubt(new Step.Status(), ASKED, REFUSED);

      assertThat(on(tried, refused(ASKED, DENIED)).next().phase())
          .isInstanceOfSatisfying(
              Waiting.class, again -> assertThat(again.row()).isEqualTo(new Row(AT, 2)));
      assertThat(on(tried, new Event.StoreRefuses("403")).next().phase())
          .isInstanceOfSatisfying(
              Waiting.class, again -> assertThat(again.row()).isEqualTo(new Row(AT, 1)));
    }

    @Test
    void the_same_reason_is_told_once() {
      InDoubt tried = new InDoubt(new Step.Status(), ASKED, REFUSED);

      assertThat(on(tried, refused(ASKED, DENIED)).effects()).doesNotContain(TELL_HALT);
      assertThat(on(tried, refused(ASKED, "project.not_found")).effects()).contains(TELL_HALT);
    }
  }

  @Nested
  class Pauses extends PhaseTable {

    private static final Paused PAUSED = new Paused("paused on the server", 0, 0);
    private static final Paused LOOKING = new Paused("paused on the server", ASKED, 0);
    private static final Paused BUSY = new Paused("the server is completing the object", 0, ASKED);

    @Override
    void table() {
      row(
          "a look finds it resumed: its parts are listed before any goes",
          LOOKING,
          said(ASKED, "UPLOADING"),
          new InDoubt(new Step.Parts(), NEXT, LOOKING),
          new Effect.AskParts(NEXT));
      row(
          "a look finds it whole",
          LOOKING,
          said(ASKED, "COMPLETED"),
          ended(FileState.DONE, null),
          new Effect.End(FileState.DONE, null),
          new Effect.TellWhole(new Event.Whole("bucket", "key", null, java.time.Duration.ZERO)));
      row(
          "a look that is due is asked",
          BUSY,
          new Event.Due(ASKED),
          new Paused("the server is completing the object", NEXT, 0),
          new Effect.AskStatus(NEXT));
      row(
          "a look that finds the same is followed by another",
          new Paused("the server is completing the object", ASKED, 0),
          said(ASKED, "COMPLETING"),
          new Paused("the server is completing the object", 0, NEXT),
          SAVE,
          new Effect.After(Moves.SHORTLY, NEXT));
      row(
          "a look that is refused for now makes it wait",
          LOOKING,
          refused(ASKED, DENIED),
          waiting(Cause.SERVER, DENIED + AS_TOLD, NEXT),
          waits(NEXT));
      row(
          "a look that settles nothing is followed by another in its turn",
          LOOKING,
          refused(ASKED, "upload.invalid_state"),
          PAUSED);
      row(
          "what cannot be just now is waited for",
          PAUSED,
          new Event.StoreRefuses("403"),
          new Waiting(Cause.STORE, "403", AT.plusSeconds(60), new Row(AT, 1), NEXT),
          DROP_URLS,
          TELL_HALT,
          SAVE,
          new Effect.After(java.time.Duration.ofMinutes(1), NEXT));
      row(
          "a file that cannot be read now is waited for",
          PAUSED,
          unreadable(0),
          waiting(Cause.FILE, "no disk", NEXT),
          waits(new Effect.CloseFile(), NEXT));
      row(
          "an upload that the store does not know is told, and the next look will tell more",
          PAUSED,
          new Event.UploadUnknown("404"),
          PAUSED,
          doubted(),
          DROP_URLS);
      row("a hold is told besides", PAUSED, new Event.Hold(true), PAUSED, hold());
      row(
          "a look that is due while one is on its way is none",
          new Paused(BUSY.why(), 3, ASKED),
          new Event.Due(ASKED),
          new Paused(BUSY.why(), 3, 0));
      stays("one look is enough", LOOKING, new Event.Tick());
      stays("a look on its way is listened to", LOOKING, refused(0, "upload.invalid_state"));
      stays("a refused command is no news", PAUSED, refused(0, "upload.invalid_state"));
      stays("nobody waits for it", PAUSED, STALE);
      endings(PAUSED);
    }

    @Test
    void the_session_is_looked_at_every_five_seconds() {
      Decision early = decisions.on(course(PAUSED), new Event.Tick(), AT.plusSeconds(4));
      assertThat(early.next().phase()).isEqualTo(PAUSED);

      Decision due = decisions.on(course(PAUSED), new Event.Tick(), AT.plusSeconds(5));
      assertThat(due.next().phase()).isEqualTo(new Paused(PAUSED.why(), NEXT, 0));
      assertThat(due.effects()).containsExactly(new Effect.AskStatus(NEXT));
    }
  }
}
