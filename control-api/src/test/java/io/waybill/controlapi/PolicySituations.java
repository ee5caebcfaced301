package io.waybill.controlapi;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.core.ErrorCode;
import io.waybill.core.Verdict;
import io.waybill.core.storage.Capability;
import io.waybill.core.storage.StorageCapabilities;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/** What the routes of storage policies need to answer well, and to refuse. */
final class PolicySituations {
  static final String POLICIES = "/v1/storage-policies";
  static final String NEW = policy("line 9");

  private final TestWorld world;

  PolicySituations(TestWorld world) {
    this.world = world;
  }

  /** The body that makes one of this name. */
  static String policy(String name) {
    return "{\"name\": \"%s\", \"endpoint_ref\": \"default\", \"bucket\": \"robot-data\"}"
        .formatted(name);
  }

  /** Frees the name that is given, or makes one to change. */
  String path(String template) {
    HttpCalls admin = world.as(TestWorld.ADMIN);
    int number = world.rows.commits();
    admin
        .get(POLICIES)
        .json()
        .get("storage_policies")
        .valueStream()
        .filter(known -> known.get("name").asString().equals("line 9"))
        .forEach(known ->
            admin.patch(
                POLICIES + "/" + known.get("storage_policy_id").asString(),
                "{\"name\": \"was line 9, %d\"}".formatted(number)));
    if (!template.contains("{")) {
      return template;
    }
    HttpAnswer made = admin.post(POLICIES, policy("policy " + number));
    return POLICIES + "/" + made.json().get("storage_policy_id").asString();
  }

  static void add(Map<ErrorCode, Supplier<HttpAnswer>> mistakes, TestWorld world) {
    HttpCalls admin = world.as(TestWorld.ADMIN);
    mistakes.put(
        ErrorCode.STORAGE_POLICY_NOT_FOUND, () -> admin.get(POLICIES + "/" + TestWorld.id(0xffff)));
    mistakes.put(
        ErrorCode.STORAGE_POLICY_NAME_TAKEN,
        () -> {
          assertThat(admin.post(POLICIES, policy("twice")).outcome()).isEqualTo("201");
          return admin.post(POLICIES, policy("twice"));
        });
    mistakes.put(
        ErrorCode.STORAGE_KMS_UNAVAILABLE,
        () -> {
          find(world, Set.of(Capability.SSE_KMS));
          String encrypted = policy("by key").replace("}", ", \"encryption_mode\": \"SSE_KMS\"}");
          String by = admin.post(POLICIES, encrypted).json().get("storage_policy_id").asString();
          world.objects.loseKeys(true);
          HttpAnswer answer =
              admin.post(
                  "/v1/projects/" + TestWorld.PROJECT + "/upload-tasks",
                  "{\"objects\": [{\"object_name\": \"a\", \"file_size_bytes\": 1}],"
                      + " \"storage_policy_id\": \"%s\"}".formatted(by));
          world.objects.loseKeys(false);
          return answer;
        });
  }

  /** As if the probe had found this. */
  static void find(TestWorld world, Set<Capability> capabilities) {
    world.rows.write(tx -> {
      tx.capabilities()
          .save(
              new StorageCapabilities("default", "robot-data", capabilities, world.time.instant()));
      return Verdict.ok(true);
    });
  }
}
