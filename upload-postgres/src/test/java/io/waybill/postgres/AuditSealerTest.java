package io.waybill.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.waybill.core.Verdict;
import io.waybill.core.app.Stores;
import io.waybill.core.audit.SealStore;
import io.waybill.core.work.Work;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every committed row is sealed, once, whoever dies, and however many seal. */
class AuditSealerTest {

  private final AuditChain chain = new AuditChain();

  @AfterEach
  void close() {
    chain.close();
  }

  @Test
  void a_late_commit_is_not_skipped() throws SQLException {
    UUID late = UUID.randomUUID();
    try (Connection connection = Pool.driver(chain.settings).getConnection();
        Statement statement = connection.createStatement()) {
      connection.setAutoCommit(false);
      statement.execute(
          """
          insert into audit_events (id, tenant_id, actor, action, resource_type, resource_id, result, request_id,
            transport, occurred_at, details)
          values ('%s', '%s', 'worker', 'tag.created', 'tag', gen_random_uuid(), 'ok', 'r', 'http', now(), '{}')
          """
              .formatted(late, AuditChain.TENANT));
      chain.write();
      chain.seal();
      assertThat(chain.report().rows()).as("stays below the running transaction").isZero();
      connection.commit();
    }
    chain.seal();

    assertThat(chain.report().rows()).isEqualTo(2);
    assertThat(chain.report().unsealed()).isZero();
    assertThat(chain.findings()).isEmpty();
  }

  @Test
  void two_sealers_at_once_make_one_chain() throws Exception {
    List<Callable<Boolean>> work = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      work.add(() -> {
        for (int round = 0; round < 15; round++) {
          chain.write();
          chain.sealer(chain.work, 3).handle();
        }
        return true;
      });
    }
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (Future<Boolean> done : threads.invokeAll(work)) {
        assertThat(done.get()).isTrue();
      }
    }
    chain.seal();

    assertThat(chain.report().rows()).isEqualTo(60);
    assertThat(chain.findings()).isEmpty();
  }

  /** Its steps: tenants, last, rows, claim, last, rows, add; and the commit. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7})
  void a_sealer_that_dies_leaves_no_half_a_seal(int step) {
    chain.sealed(2);
    chain.write();

    assertThatThrownBy(() -> chain.sealer(new Dying(chain.work, step), 3).handle())
        .isInstanceOf(Died.class);

    assertThat(chain.report().seals()).isEqualTo(1);
    assertThat(chain.report().unsealed()).isEqualTo(1);
    assertThat(chain.findings()).isEmpty();
    chain.seal();
    assertThat(chain.report().seals()).isEqualTo(2);
    assertThat(chain.report().unsealed()).isZero();
    assertThat(chain.findings()).isEmpty();
  }

  private static final class Died extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  /** Dies after that call of the seals. */
  private static final class Dying implements Work<Stores> {
    private final Work<Stores> work;
    private final AtomicInteger left;

    Dying(Work<Stores> work, int step) {
      this.work = work;
      this.left = new AtomicInteger(step);
    }

    @Override
    public <T> Verdict<T> write(Function<? super Stores, Verdict<T>> change) {
      return work.write(tx -> change.apply(dying(tx)));
    }

    @Override
    public <T> T read(Function<? super Stores, T> query) {
      return work.read(tx -> query.apply(dying(tx)));
    }

    private Stores dying(Stores tx) {
      SealStore real = tx.seals();
      SealStore seals =
          proxy(
              SealStore.class,
              (method, arguments) -> {
                Object answer = method.invoke(real, arguments);
                if (left.decrementAndGet() == 0) {
                  throw new Died();
                }
                return answer;
              });
      return proxy(
          Stores.class,
          (method, arguments) ->
              method.getName().equals("seals") ? seals : method.invoke(tx, arguments));
    }

    private interface Answer {
      Object to(java.lang.reflect.Method method, Object[] arguments)
          throws ReflectiveOperationException;
    }

    private static <T> T proxy(Class<T> type, Answer answer) {
      return type.cast(
          Proxy.newProxyInstance(
              type.getClassLoader(),
              new Class<?>[] {type},
              (self, method, arguments) -> {
                try {
                  return answer.to(method, arguments);
                } catch (InvocationTargetException e) {
                  throw e.getCause() == null ? e : e.getCause();
                }
              }));
    }
  }
}
