package io.waybill.simulator;

import io.waybill.core.upload.Session;
import java.util.UUID;

/** What robots do with URLs: it reaches the store and needs nobody of ours. */
final class SignedPuts {

  private final Life life;

  SignedPuts(Life life) {
    this.life = life;
  }

  void put(UUID sessionId, int part, long bytes) {
    if (life.judge.session(sessionId).orElseThrow() instanceof Session.Open open) {
      send(open.uploadId(), part, bytes);
    }
  }

  /** One that is slow may land when the upload is aborted: stores keep such a part. */
  private void send(String uploadId, int part, long bytes) {
    if (!life.isQuiet() && life.dice.oneIn(12)) {
      life.tell(() -> "a PUT is slow");
      life.later(() -> life.objects.land(uploadId, part, bytes));
    }
    life.objects.land(uploadId, part, bytes);
  }
}
