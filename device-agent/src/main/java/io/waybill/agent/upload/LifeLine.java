package io.waybill.agent.upload;

import io.waybill.agent.control.Question;
import io.waybill.agent.upload.UploadStep.Extended;
import io.waybill.agent.upload.UploadStep.Warned;
import io.waybill.wire.Command;
import io.waybill.wire.ErrorBody;
import io.waybill.wire.Result;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** How long a session lives, and the asking for more while its file needs it. */
final class LifeLine {

  /** Less than this is not worth asking for. */
  private static final long LEAST_SECONDS = 60;

  private static final long DEFAULT_SECONDS = Duration.ofDays(1).toSeconds();

  private final FileRun file;
  private final RunContext context;
  private final SessionTalk talk;
  private @Nullable SessionLife life;
  private long stepSeconds;
  private boolean movedLately;
  private More more = More.MAY_BE_ASKED;

  /** Whether more life can be had. */
  private enum More {
    MAY_BE_ASKED,
    ASKED,
    REFUSED
  }

  LifeLine(FileRun file, RunContext context, SessionTalk talk) {
    this.file = file;
    this.context = context;
    this.talk = talk;
  }

  /** The session was made; nothing that was known of another one counts. */
  void begins(@Nullable Instant from, @Nullable Instant until) {
    life = null;
    stepSeconds = 0;
    known(from, until);
  }

  /** From when to when it lives. An end that is known already changes nothing. */
  void known(@Nullable Instant from, @Nullable Instant until) {
    SessionLife now = SessionLife.of(from, until);
    SessionLife before = life;
    if (now == null || (before != null && before.until().equals(now.until()))) {
      return;
    }
    life = now;
    more = more == More.REFUSED ? More.MAY_BE_ASKED : more;
    stepSeconds = stepSeconds == 0 ? now.length().toSeconds() : stepSeconds;
  }

  void moved() {
    movedLately = true;
  }

  /**
   * Asks for more when half is gone and its file needs it.
   *
   * @param needed although no bytes move
   */
  void extendWhenDue(boolean needed) {
    SessionLife now = life;
    if ((movedLately || needed)
        && now != null
        && more == More.MAY_BE_ASKED
        && now.halfGone(context.clock().now())) {
      movedLately = false;
      extend();
    }
  }

  private void extend() {
    more = More.ASKED;
    ask(
        Math.max(LEAST_SECONDS, stepSeconds),
        "bytes still move at half of its life",
        answer -> {
          more = More.MAY_BE_ASKED;
          known(context.clock().now(), answer.expiresAt());
        },
        refused -> {
          more = More.REFUSED;
          SessionLife now = life;
          context.tell(
              new Warned(
                  file.name(),
                  "the session ends at "
                      + (now == null ? "its time" : now.until())
                      + " and cannot be extended: "
                      + refused.message()));
        });
  }

  /** An expired session lives on with its parts, while cleanup has not begun. */
  void revive(int number) {
    ask(
        stepSeconds == 0 ? DEFAULT_SECONDS : Math.max(LEAST_SECONDS, stepSeconds),
        "its file is still here",
        answer -> {
          known(context.clock().now(), answer.expiresAt());
          file.happened(new Event.Extended(number));
        },
        refused -> file.happened(new Event.Refused(number, refused)));
  }

  /** The policy may have less left than we would like: half of it will do, and half of that. */
  private void ask(
      long seconds, String why, Consumer<Result.Extended> done, Consumer<ErrorBody> refused) {
    context.ask(
        Question.extend(
            context.projectId(), new Command.ExtendUpload(talk.session(), seconds, why)),
        (answer, took) -> {
          talk.learn(answer.expiresAt(), answer.expiresInSeconds());
          context.tell(new Extended(file.name(), answer.expiresAt()));
          done.accept(answer);
        },
        error -> {
          if (error.code().equals("request.validation_failed") && seconds / 2 >= LEAST_SECONDS) {
            ask(seconds / 2, why, done, refused);
          } else {
            refused.accept(error);
          }
        });
  }
}
