package io.waybill.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.core.Verdict;
import io.waybill.core.app.CommitListener;
import io.waybill.core.app.Stores;
import io.waybill.core.event.Facts;
import io.waybill.core.upload.Session;
import io.waybill.core.upload.TaskStatus;
import io.waybill.core.upload.TaskStore.NewTask;
import io.waybill.core.upload.Transition;
import io.waybill.core.upload.UploadEvent;
import io.waybill.core.work.Work;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** What all contracts of the database's ports share: a world, and a unit of work on it. */
public abstract class PortContract {
  protected static final Instant T0 = World.BEGINNING;
  protected final World world = World.fresh();
  private final List<Facts> told = new ArrayList<>();
  private final List<TaskStatus> ended = new ArrayList<>();
  private Work<Stores> work = new NoWork();

  /** An adapter whose registry holds this world. */
  protected abstract Work<Stores> open(World world, CommitListener listener);

  @BeforeEach
  void openAdapter() {
    work =
        open(
            world,
            new CommitListener() {
              @Override
              public void committed(Facts facts) {
                told.add(facts);
              }

              @Override
              public void ended(List<TaskStatus> tasks) {
                ended.addAll(tasks);
              }
            });
  }

  @AfterEach
  void closeAdapter() throws Exception {
    if (work instanceof AutoCloseable closeable) {
      closeable.close();
    }
  }

  protected Work<Stores> work() {
    return work;
  }

  /** What the commit listener has been told so far, one per commit. */
  protected List<Facts> told() {
    return told;
  }

  /** What the commit listener has been told of tasks that have ended. */
  protected List<TaskStatus> ended() {
    return ended;
  }

  protected <T> T read(Function<? super Stores, T> query) {
    return work.read(query);
  }

  protected <T> T commit(Function<? super Stores, T> change) {
    return work.commit(change);
  }

  protected static Instant at(long seconds) {
    return T0.plusSeconds(seconds);
  }

  /** A committed task of the world's project. */
  protected NewTask created(int objects) {
    return created(Uploads.task(world, objects, T0));
  }

  protected NewTask created(NewTask task) {
    work.commit(tx -> {
      tx.tasks().create(task);
      return task;
    });
    return task;
  }

  /** A committed session, INITIATING. */
  protected Session.Initiating initiating() {
    return created(1).sessions().getFirst();
  }

  protected Session.Initiated initiated() {
    Session.Initiating before = initiating();
    return moved(before, before.initiated("upload-1", at(1)), UploadEvent.INITIATED);
  }

  protected Session.Uploading uploading() {
    Session.Initiated before = initiated();
    return moved(before, before.start(at(2)), UploadEvent.PRESIGN_ISSUED);
  }

  /** Writes one move that must win. */
  protected <S extends Session> S moved(Session before, S after, UploadEvent type) {
    Transition move = Uploads.move(before, after, type);
    Set<UUID> written = commit(tx -> tx.sessions().apply(List.of(move)));
    assertThat(written).containsExactly(after.upload().sessionId());
    return after;
  }

  protected Session find(Session session) {
    UUID tenant = session.upload().owner().tenantId();
    return read(tx -> tx.sessions().find(tenant, session.upload().sessionId())).orElseThrow();
  }

  /** Before the first test: there is nothing to work on. */
  private static final class NoWork implements Work<Stores> {
    @Override
    public <T> Verdict<T> write(Function<? super Stores, Verdict<T>> work) {
      throw new IllegalStateException("no adapter is open");
    }

    @Override
    public <T> T read(Function<? super Stores, T> work) {
      throw new IllegalStateException("no adapter is open");
    }
  }
}
