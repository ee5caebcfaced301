package io.waybill.gateway;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Requests of one key, one after the other. While one is at work, one repetition of it may wait for
 * its end; whoever repeats what waits already is answered by that, and needs no place of its own.
 *
 * @param <K> what only one may be at work under
 * @param <R> a request; equal ones have one and the same answer
 */
final class Turns<K, R> {

  private final ReentrantLock lock = new ReentrantLock();
  private final Map<K, Turn> atWork = new HashMap<>();

  /** What somebody is to do who has come. */
  sealed interface Place<K, R> {}

  /** Work, and close the turn. */
  record Mine<K, R>(Turns<K, R>.Turn turn) implements Place<K, R> {}

  /** Wait for the end of this turn, and come again. */
  record Waits<K, R>(Turns<K, R>.Turn turn) implements Place<K, R> {}

  /** Nothing: who waits already is answered the same. */
  record Joined<K, R>() implements Place<K, R> {}

  /** Go: another request waits under this key already. */
  record Crowded<K, R>() implements Place<K, R> {}

  /** One request at work. */
  final class Turn implements AutoCloseable {
    private final K key;
    private final CompletableFuture<@Nullable Void> end = new CompletableFuture<>();
    private @Nullable R waiting;

    private Turn(K key) {
      this.key = key;
    }

    /** What who waits has to wait for. */
    CompletableFuture<?> end() {
      return end;
    }

    /** Who waits does so no longer. */
    void giveUp() {
      lock.lock();
      try {
        waiting = null;
      } finally {
        lock.unlock();
      }
    }

    @Override
    public void close() {
      lock.lock();
      try {
        atWork.remove(key);
      } finally {
        lock.unlock();
      }
      end.complete(null);
    }
  }

  Place<K, R> come(K key, R request) {
    lock.lock();
    try {
      Turn turn = atWork.get(key);
      if (turn == null) {
        Turn mine = new Turn(key);
        atWork.put(key, mine);
        return new Mine<>(mine);
      }
      if (turn.waiting == null) {
        turn.waiting = request;
        return new Waits<>(turn);
      }
      return turn.waiting.equals(request) ? new Joined<>() : new Crowded<>();
    } finally {
      lock.unlock();
    }
  }
}
