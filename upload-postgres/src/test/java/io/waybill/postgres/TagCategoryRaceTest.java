package io.waybill.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.core.app.CommitListener;
import io.waybill.core.tag.TagCategory;
import io.waybill.core.tag.TagCategoryStore.Query;
import io.waybill.testkit.contract.Ids;
import io.waybill.testkit.contract.World;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Many who choose one name at once: one gets it, and nobody gets an error for it. */
class TagCategoryRaceTest {

  private static final Instant T0 = World.BEGINNING;
  private static final int ROUNDS = 20;
  private static final int RIVALS = 4;

  private final World world = World.fresh();
  private final PostgresSettings settings = ContractDatabase.settings().withPoolSize(8);
  private final PostgresUnitOfWork work = PostgresUnitOfWork.open(settings, CommitListener.NONE);

  @BeforeEach
  void register() {
    PostgresWorld.register(settings, world);
  }

  @AfterEach
  void close() {
    work.close();
  }

  @Test
  void one_of_those_who_add_or_rename_gets_the_name() throws Exception {
    for (int round = 0; round < ROUNDS; round++) {
      String name = "round " + round;
      List<Callable<Boolean>> rivals = new ArrayList<>();
      for (int i = 0; i < RIVALS; i++) {
        TagCategory named = category(name);
        TagCategory renamed = category(name + " of " + i);
        assertThat(insert(renamed)).isTrue();
        rivals.add(() -> insert(named));
        rivals.add(() -> rename(renamed, name));
      }

      assertThat(outcomes(rivals)).as(name).containsOnlyOnce(true);
      assertThat(named(name)).as(name).hasSize(1);
    }
  }

  private static List<Boolean> outcomes(List<Callable<Boolean>> calls) throws Exception {
    List<Boolean> outcomes = new ArrayList<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (Future<Boolean> outcome : threads.invokeAll(calls)) {
        outcomes.add(outcome.get());
      }
    }
    return outcomes;
  }

  private TagCategory category(String name) {
    return new TagCategory(
        Ids.next(), world.tenantId(), world.project().projectId(), name, null, 1, T0, T0);
  }

  private boolean insert(TagCategory category) {
    return work.commit(tx -> tx.tagCategories().insert(category));
  }

  private boolean rename(TagCategory category, String name) {
    return work.commit(tx -> {
      TagCategory known =
          tx.tagCategories()
              .lock(category.tenantId(), category.projectId(), category.tagCategoryId())
              .orElseThrow();
      return tx.tagCategories().update(known.changed(name, null, T0));
    });
  }

  private List<TagCategory> named(String name) {
    Query query = new Query(world.tenantId(), world.project().projectId(), null, Set.of(), 1000);
    return work.read(tx -> tx.tagCategories().list(query)).stream()
        .filter(category -> category.name().equals(name))
        .toList();
  }
}
