package io.waybill.agent.upload;

import io.waybill.agent.local.Shown;
import io.waybill.agent.spool.FileState;
import io.waybill.agent.upload.Phase.Cause;
import io.waybill.agent.upload.Phase.Completing;
import io.waybill.agent.upload.Phase.Ended;
import io.waybill.agent.upload.Phase.InDoubt;
import io.waybill.agent.upload.Phase.Paused;
import io.waybill.agent.upload.Phase.Planned;
import io.waybill.agent.upload.Phase.Sending;
import io.waybill.agent.upload.Phase.Step;
import io.waybill.agent.upload.Phase.Then;
import io.waybill.agent.upload.Phase.Waiting;
import java.time.Instant;

/** What follows from a look at the file on this machine. Pure, as its caller is. */
final class Sightings {

  private final Moves moves;
  private final String path;

  /**
   * @param path as the manifest has it
   */
  Sightings(Moves moves, String path) {
    this.moves = moves;
    this.path = path;
  }

  /** What cannot be read now has not changed. */
  Decision of(Course now, Event.FileIs seen, Instant at) {
    boolean asked = seen.number() != 0;
    return switch (seen.finding()) {
      case FileCheck.Finding.Changed(String how) ->
          moves.end(
              now, FileState.CHANGED, Shown.line(path) + " changed since the upload began: " + how);
      case FileCheck.Finding.Unreadable(String why) ->
          !asked && now.phase().hearsOut()
              ? moves.stay(now)
              : moves.waits(now, Cause.FILE, why, at).after(new Effect.CloseFile());
      case FileCheck.Finding.Same same -> asked ? same(now) : moves.stay(now);
    };
  }

  private Decision same(Course now) {
    return switch (now.phase()) {
      case InDoubt(Step.SameFile(Then then), int n, var before) -> same(now, then);
      case Completing completing ->
          now.asking(n -> new Completing(true, n), Effect.AskComplete::new);
      case InDoubt _, Planned _, Sending _, Paused _, Waiting _, Ended _ -> moves.stay(now);
    };
  }

  private Decision same(Course now, Then then) {
    return switch (then) {
      case Then.GoOn() -> moves.goOn(now);
      case Then.Look() -> moves.look(now);
      case Then.TakeOver(var stored, var took) ->
          moves.goOn(now).after(new Effect.TakeOver(stored, took));
      case Then.Renew(String why) ->
          now.asking(
              n -> new InDoubt(new Step.Renewal(why), n, now.halt()),
              Effect.AskAnotherSession::new);
    };
  }
}
