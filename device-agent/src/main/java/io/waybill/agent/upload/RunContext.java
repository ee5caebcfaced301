package io.waybill.agent.upload;

import io.waybill.agent.control.Question;
import io.waybill.agent.spool.PartSums;
import io.waybill.agent.transfer.PartPut;
import io.waybill.agent.transfer.PutOutcome;
import io.waybill.wire.ErrorBody;
import java.nio.channels.FileChannel;
import java.time.Duration;
import java.util.UUID;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What a file needs of the upload that it belongs to. Everything happens on the upload's thread.
 */
interface RunContext {

  /** Asks the server in the background; the answer comes back with how long it took. */
  <R> void ask(Question<R> question, BiConsumer<R, Duration> done, Consumer<ErrorBody> refused);

  /** Reads something of this machine in the background; it may take long, or hang. */
  <T> void read(Supplier<T> job, Consumer<T> done);

  /** What was sent as the parts of a session until now. */
  PartSums sums(String sessionId, int partCount);

  /** Sends a part in the background. */
  void send(Sending sending);

  /** Runs something later. */
  void after(Duration wait, Runnable what);

  void tell(UploadStep step);

  /** Something changed that may be written down later. */
  void changed();

  /** Something changed that must survive from here on. */
  void changedForGood();

  /** The store or the network complained: fewer parts at once. */
  void complained();

  UploadSettings settings();

  ServerClock clock();

  RunClock time();

  UUID projectId();

  @Nullable String taskId();

  /** One PUT that a file wants done. */
  record Sending(
      int part,
      UrlStock.Held url,
      FileChannel file,
      long offset,
      long length,
      PartPut.Seal seal,
      Heard heard) {}

  /** Where the outcome of a PUT goes. */
  interface Heard {
    void outcome(PutOutcome outcome, Duration took);
  }
}
