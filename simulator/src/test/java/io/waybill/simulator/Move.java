package io.waybill.simulator;

import io.waybill.wire.Result;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One thing that happens in a {@link Play}.
 *
 * @param upload which of those that there are; counted round
 * @param detail how, where a kind can be done in several ways; 0 is the plainest
 */
record Move(Kind kind, int device, int upload, int detail) {
  static final int DEVICES = 3;

  /** What can happen. */
  enum Kind {
    REST(null, false),
    CREATE(Result.UploadTask.class, true),
    PUT(null, false),
    PRESIGN(Result.Presigned.class, false),
    ACKNOWLEDGE(Result.Acknowledged.class, false),
    LOOK(Result.Session.class, false),
    ROWS(Result.PartList.class, false),
    IN_STORAGE(Result.PartList.class, false),
    RECONCILE(Result.PartList.class, false),
    PAUSE(Result.Paused.class, true),
    RESUME(Result.Resumed.class, true),
    COMPLETE(Result.Completed.class, true),
    ABORT(Result.Aborted.class, true),
    EXTEND(Result.Extended.class, true),
    RETRY(Result.UploadObject.class, true),
    /** A request is sent once more, with its id. */
    AGAIN(null, false),
    WAIT(null, false);

    /** What it answers; null for what is no request. */
    final @Nullable Class<? extends Result> answer;

    /** Whether its answer is remembered. */
    final boolean isRemembered;

    Kind(@Nullable Class<? extends Result> answer, boolean isRemembered) {
      this.answer = answer;
      this.isRemembered = isRemembered;
    }
  }

  /** Parts are sent and sessions completed more often than the rest, or nothing would end well. */
  private static final List<Kind> DRAWN =
      List.of(
          Kind.REST,
          Kind.CREATE,
          Kind.CREATE,
          Kind.PUT,
          Kind.PUT,
          Kind.PUT,
          Kind.PUT,
          Kind.PRESIGN,
          Kind.ACKNOWLEDGE,
          Kind.ACKNOWLEDGE,
          Kind.LOOK,
          Kind.ROWS,
          Kind.IN_STORAGE,
          Kind.RECONCILE,
          Kind.PAUSE,
          Kind.PAUSE,
          Kind.RESUME,
          Kind.COMPLETE,
          Kind.COMPLETE,
          Kind.COMPLETE,
          Kind.ABORT,
          Kind.EXTEND,
          Kind.EXTEND,
          Kind.RETRY,
          Kind.RETRY,
          Kind.AGAIN,
          Kind.AGAIN,
          Kind.WAIT);

  static Move drawn(Dice dice) {
    return new Move(dice.of(DRAWN), dice.below(8), dice.below(6), dice.below(6));
  }

  /** Mostly the upload's own device: strangers learn one thing only. */
  int asking(int owner) {
    return device < 6 ? owner : (owner + 1 + device % 2) % DEVICES;
  }
}
