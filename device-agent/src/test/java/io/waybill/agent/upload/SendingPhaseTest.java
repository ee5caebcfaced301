package io.waybill.agent.upload;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.agent.spool.FileState;
import io.waybill.agent.upload.Phase.Cause;
import io.waybill.agent.upload.Phase.Completing;
import io.waybill.agent.upload.Phase.InDoubt;
import io.waybill.agent.upload.Phase.Paused;
import io.waybill.agent.upload.Phase.Row;
import io.waybill.agent.upload.Phase.Sending;
import io.waybill.agent.upload.Phase.Step;
import io.waybill.agent.upload.Phase.Waiting;
import io.waybill.agent.upload.UploadStep.GoesOn;
import io.waybill.agent.upload.UploadStep.Warned;
import io.waybill.wire.Result;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** While parts go. */
class SendingPhaseTest extends PhaseTable {

  private static final Sending SENDING = new Sending(0);
  private static final Sending LOOKING = new Sending(ASKED);
  private static final InDoubt ASKING = new InDoubt(new Step.Status(), NEXT, null);
  private static final String DENIED = "auth.permission_denied";

  @Override
  void table() {
    whatTheServerSays();
    whatTheStoreSays();
    whatThisMachineSays();
    stays(
        "nobody waits for it",
        SENDING,
        new Event.Tick(),
        new Event.TakenUp(),
        new Event.NotCreated(error(DENIED)),
        new Event.Due(ASKED),
        new Event.Opened(0, "session"),
        listed(ASKED),
        new Event.Extended(ASKED),
        new Event.Left(ASKED),
        said(ASKED, "ABORTED"),
        refused(ASKED, "upload.invalid_state"));
    stays("one look is enough", LOOKING, new Event.Tick());
    endings(SENDING);
  }

  private void whatTheServerSays() {
    row("a look finds all well", LOOKING, said(ASKED, "UPLOADING"), SENDING);
    row(
        "a look finds it paused",
        LOOKING,
        said(ASKED, "PAUSED"),
        new Paused(PAUSED, 0, 0),
        TELL_HALT,
        SAVE);
    row(
        "a look finds it being completed: soon there is another look",
        LOOKING,
        said(ASKED, "COMPLETING"),
        new Paused("the server is completing the object", 0, NEXT),
        TELL_HALT,
        SAVE,
        new Effect.After(Moves.SHORTLY, NEXT));
    row(
        "a look finds it expired: it is asked whether it may live on",
        LOOKING,
        said(ASKED, "EXPIRED"),
        new InDoubt(new Step.Extension(), NEXT, null),
        new Effect.AskExtension(NEXT));
    row(
        "a refused command puts the session in doubt",
        SENDING,
        refused(0, "upload.expired"),
        ASKING,
        new Effect.AskStatus(NEXT));
    row(
        "the look that is on its way will tell",
        LOOKING,
        refused(0, "upload.expired"),
        new InDoubt(new Step.Status(), ASKED, null));
    row(
        "a look that is refused is followed by another",
        LOOKING,
        refused(ASKED, "upload.expired"),
        ASKING,
        new Effect.AskStatus(NEXT));
    row(
        "what is refused for now makes it wait",
        SENDING,
        refused(0, DENIED),
        waiting(Cause.SERVER, DENIED + AS_TOLD, NEXT),
        waits(NEXT));
    row(
        "a look that is refused for now makes it wait",
        LOOKING,
        refused(ASKED, DENIED),
        waiting(Cause.SERVER, DENIED + AS_TOLD, NEXT),
        waits(NEXT));
    row(
        "what is refused for good ends it",
        SENDING,
        refused(0, "request.too_large"),
        ended(FileState.REFUSED, "request.too_large" + AS_TOLD),
        ends(FileState.REFUSED, "request.too_large" + AS_TOLD));
  }

  private void whatTheStoreSays() {
    row("a part arrives", SENDING, new Event.PartStored(), SENDING);
    row(
        "an upload that the store does not know is in doubt, and no URL of it counts",
        SENDING,
        new Event.UploadUnknown("part 1: 404"),
        ASKING,
        new Effect.Tell(new Warned("run.mcap", "part 1: 404; asking the server what is true")),
        DROP_URLS,
        new Effect.AskStatus(NEXT));
    row(
        "a store that refuses fresh URLs is left alone for a minute",
        SENDING,
        new Event.StoreRefuses("403"),
        new Waiting(Cause.STORE, "403", AT.plusSeconds(60), new Row(AT, 1), NEXT),
        DROP_URLS,
        TELL_HALT,
        SAVE,
        new Effect.After(Duration.ofMinutes(1), NEXT));
    row(
        "when all is stored it is proven before it is completed",
        LOOKING,
        new Event.AllStored(),
        new Completing(false, NEXT),
        new Effect.Prove(NEXT));
  }

  private void whatThisMachineSays() {
    stays("the file is the same", SENDING, same(0));
    row(
        "a file that cannot be read now is waited for",
        SENDING,
        unreadable(0),
        waiting(Cause.FILE, "no disk", NEXT),
        waits(new Effect.CloseFile(), NEXT));
    row(
        "a hold is told, and the phase stays",
        SENDING,
        new Event.Hold(true),
        SENDING,
        new Effect.Tell(
            new UploadStep.Waiting(
                "run.mcap",
                "paused on this machine; go on with: waybill-agent resume-session",
                null)));
  }

  private static final String PAUSED =
      "paused on the server; go on with: waybill-agent resume-session "
          + "00000000-0000-0001-0000-000000000001";

  @Test
  void held_on_this_machine_it_sends_nothing_until_it_is_released() {
    Course held = on(SENDING, new Event.Hold(true)).next();
    assertThat(held.sends()).isFalse();
    assertThat(decisions.on(held, new Event.Hold(true), AT).effects()).isEmpty();

    Decision released = decisions.on(held, new Event.Hold(false), AT);
    assertThat(released.next().sends()).isTrue();
    assertThat(released.effects())
        .isEqualTo(List.<Effect>of(new Effect.Tell(new GoesOn("run.mcap"))));
  }

  @Test
  void the_session_is_looked_at_every_twenty_seconds() {
    Decision early = decisions.on(course(SENDING), new Event.Tick(), AT.plusSeconds(19));
    assertThat(early.next().phase()).isEqualTo(SENDING);

    Decision due = decisions.on(course(SENDING), new Event.Tick(), AT.plusSeconds(20));
    assertThat(due.next().phase()).isEqualTo(new Sending(NEXT));
    assertThat(due.effects()).isEqualTo(List.<Effect>of(new Effect.AskStatus(NEXT)));
    assertThat(due.next().past().lookedAt()).isEqualTo(AT.plusSeconds(20));
  }

  @Test
  void a_second_doubt_without_a_part_stored_is_looked_into_later_and_a_part_ends_the_row() {
    Course doubted = on(SENDING, refused(0, "upload.expired")).next().in(SENDING);
    Decision second = decisions.on(doubted, refused(0, "upload.expired"), AT);
    int number = NEXT + 1;
    assertThat(second.next().phase()).isEqualTo(new InDoubt(new Step.LookLater(), number, null));
    assertThat(second.effects())
        .isEqualTo(List.<Effect>of(new Effect.After(Duration.ofSeconds(4), number)));

    Course moved = decisions.on(doubted, new Event.PartStored(), AT).next();
    assertThat(decisions.on(moved, refused(0, "upload.expired"), AT).next().phase())
        .isEqualTo(new InDoubt(new Step.Status(), number, null));
  }

  @Test
  void parts_that_the_server_misses_are_lost_before_the_doubt_is_looked_into() {
    Event missing =
        new Event.Refused(
            0,
            new io.waybill.wire.ErrorBody(
                "upload.missing_parts",
                "no",
                Map.of("missing_part_numbers", List.of(3, 5)),
                false,
                null));

    assertThat(on(SENDING, missing).effects())
        .isEqualTo(List.of(new Effect.Lose(List.of(3, 5)), new Effect.AskStatus(NEXT)));
  }

  @Test
  void whoever_aborts_a_session_is_believed_unless_it_had_expired_before() {
    assertThat(on(LOOKING, said(ASKED, "ABORTED")).next().phase())
        .isInstanceOfSatisfying(
            Phase.Ended.class,
            end -> {
              assertThat(end.how()).isEqualTo(FileState.ABORTED);
              assertThat(end.why()).contains("somebody aborted", "upload /data/run.mcap");
            });

    Event cleaned = new Event.StatusSaid(ASKED, session("ABORTED", AT.minusSeconds(9), null));
    assertThat(on(LOOKING, cleaned).effects()).isEqualTo(List.<Effect>of(new Effect.Compare(NEXT)));
  }

  @Test
  void a_failed_session_ends_it_unless_the_store_lost_the_upload() {
    var bug = new Result.LastError("core.bug", "as told", AT);
    Event failed = new Event.StatusSaid(ASKED, session("FAILED", AT, bug));
    assertThat(on(LOOKING, failed).next().phase())
        .isEqualTo(ended(FileState.REFUSED, "the session failed: core.bug: as told"));

    var lost = new Result.LastError("storage.upload_missing", "as told", AT);
    Event missing = new Event.StatusSaid(ASKED, session("FAILED", AT, lost));
    assertThat(on(LOOKING, missing).effects()).isEqualTo(List.<Effect>of(new Effect.Compare(NEXT)));
  }
}
