package io.waybill.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.core.ErrorCode;
import io.waybill.core.Verdict;
import io.waybill.core.idempotency.Claim;
import io.waybill.core.idempotency.ClaimRequest;
import io.waybill.core.idempotency.IdempotencyStore;
import io.waybill.core.idempotency.Remembered;
import io.waybill.core.idempotency.ReplyAddress;
import io.waybill.core.idempotency.Scope;
import io.waybill.core.idempotency.Unanswered;
import io.waybill.core.upload.Answer;
import io.waybill.core.upload.LastError;
import io.waybill.core.upload.SessionStatus;
import io.waybill.core.upload.TaskStatus;
import io.waybill.core.upload.usecase.AbortUpload;
import io.waybill.core.upload.usecase.CompleteUpload;
import io.waybill.core.upload.usecase.CreateUploadTask;
import io.waybill.core.upload.usecase.ExtendUpload;
import io.waybill.core.upload.usecase.PauseUpload;
import io.waybill.core.upload.usecase.ResumeUpload;
import io.waybill.core.upload.usecase.RetryObject;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** {@link IdempotencyStore}. */
public abstract class IdempotencyStoreContract extends PortContract {
  private static final ReplyAddress REPLY =
      new ReplyAddress("waybill/v1/…/response", "{\"command\":\"complete_upload\"}");
  private static final String ONE = "1".repeat(64);
  private static final String TWO = "2".repeat(64);

  private Scope scope(String key) {
    return new Scope(world.tenantId(), "device:robot-17", key);
  }

  @Test
  void a_new_key_is_the_callers() {
    assertThat(claim("k", ONE, T0)).isEqualTo(new Claim.Mine<>(null));
  }

  @Test
  void while_the_first_call_is_at_work_the_second_is_told_when_to_come_back() {
    claim("k", ONE, T0);

    assertThat(claim("k", ONE, at(10))).isEqualTo(new Claim.InProgress<>(20));
    assertThat(claim("k", TWO, at(10))).isEqualTo(new Claim.Different<>("CREATE_TASK"));
  }

  @Test
  void keys_of_other_actors_and_tenants_are_other_keys() {
    claim("k", ONE, T0);
    Scope actor = new Scope(world.tenantId(), "device:robot-18", "k");
    Scope tenant = new Scope(world.otherTenantId(), "device:robot-17", "k");

    assertThat(claim(actor, TWO, null, null, T0)).isEqualTo(new Claim.Mine<>(null));
    assertThat(claim(tenant, TWO, null, null, T0)).isEqualTo(new Claim.Mine<>(null));
  }

  @Test
  void a_key_whose_lease_has_ended_is_taken_over_with_what_it_made() {
    UUID made = Ids.next();
    claim(scope("k"), ONE, made, null, T0);

    assertThat(claim(scope("k"), ONE, Ids.next(), null, at(30))).isEqualTo(new Claim.Mine<>(made));
    assertThat(claim(scope("k"), ONE, Ids.next(), null, at(31)))
        .isEqualTo(new Claim.InProgress<>(29));
    assertThat(claim("k", TWO, at(90))).isEqualTo(new Claim.Different<>("CREATE_TASK"));
  }

  @Test
  void a_released_key_is_taken_over_at_once_and_a_discarded_one_is_new() {
    UUID made = Ids.next();
    claim(scope("k"), ONE, made, null, T0);
    change(store -> store.release(scope("k"), at(30), at(1)));
    assertThat(claim("k", TWO, at(2))).isEqualTo(new Claim.Different<>("CREATE_TASK"));
    assertThat(claim("k", ONE, at(2))).isEqualTo(new Claim.Mine<>(made));

    change(store -> store.discard(scope("k")));
    assertThat(claim("k", TWO, at(3))).isEqualTo(new Claim.Mine<>(null));
  }

  @Test
  void a_call_that_lost_its_key_releases_nothing() {
    claim("k", ONE, T0);
    claim("k", ONE, at(31));

    change(store -> store.release(scope("k"), at(30), at(32)));

    assertThat(claim("k", ONE, at(33))).isEqualTo(new Claim.InProgress<>(28));
  }

  @Test
  void a_claim_that_is_rolled_back_was_never_made() {
    work()
        .write(tx -> {
          tx.idempotency().claim(request(scope("k"), ONE, null, null, T0));
          return Verdict.refused(ErrorCode.UPLOAD_EXPIRED, "no");
        });

    assertThat(claim("k", TWO, at(1))).isEqualTo(new Claim.Mine<>(null));
  }

  @Test
  void every_answer_is_replayed_exactly() {
    UUID id = Ids.next();
    Answer.TaskObject object =
        Answers.object(new LastError(LastError.Code.STORAGE_REFUSED, "NoSuchBucket", at(3)));
    isReplayed(
        CreateUploadTask.REMEMBERED,
        new Answer.Task(id, Ids.next(), TaskStatus.PENDING, 1, 1L << 45, T0, List.of(object)));
    isReplayed(RetryObject.REMEMBERED, Answers.object(null));
    isReplayed(
        PauseUpload.REMEMBERED,
        new Answer.Paused(id, SessionStatus.PAUSED, T0, "Mittag \"quoted\"\n"));
    isReplayed(
        ResumeUpload.REMEMBERED,
        new Answer.Resumed(id, SessionStatus.UPLOADING, Instant.parse("2026-11-23T08:00:00Z")));
    isReplayed(
        CompleteUpload.REMEMBERED,
        new Answer.Completed(
            id,
            SessionStatus.COMPLETED,
            "b",
            "k/ü",
            7,
            "\"e\"",
            T0,
            "eyJ.e30.AA",
            List.of("part 1")));
    isReplayed(AbortUpload.REMEMBERED, new Answer.Aborted(id, SessionStatus.ABORTED, T0));
    isReplayed(
        ExtendUpload.REMEMBERED, new Answer.Extended(id, SessionStatus.UPLOADING, T0, 86_400));
  }

  private <A> void isReplayed(Remembered<A> useCase, A answer) {
    Scope scope = scope(useCase.name());
    ClaimRequest<A> request =
        new ClaimRequest<>(scope, useCase, ONE, null, null, T0, at(30), at(172_800));
    commit(tx -> tx.idempotency().claim(request));
    change(store -> store.remember(scope, useCase, answer, at(1)));

    Claim<A> replay = commit(tx -> tx.idempotency().claim(request));

    assertThat(replay).isEqualTo(new Claim.Replay<>(answer));
  }

  @Test
  void the_first_answer_stays_and_no_late_caller_discards_it() {
    ClaimRequest<Answer.Aborted> request =
        new ClaimRequest<>(
            scope("k"), AbortUpload.REMEMBERED, ONE, null, null, T0, at(30), at(172_800));
    commit(tx -> tx.idempotency().claim(request));
    Answer.Aborted first = new Answer.Aborted(Ids.next(), SessionStatus.ABORTED, T0);
    change(store -> store.remember(scope("k"), AbortUpload.REMEMBERED, first, at(1)));
    change(store ->
        store.remember(
            scope("k"),
            AbortUpload.REMEMBERED,
            new Answer.Aborted(Ids.next(), SessionStatus.ABORTED, T0),
            at(2)));
    change(store -> store.discard(scope("k")));

    Claim<Answer.Aborted> replay = commit(tx -> tx.idempotency().claim(request));

    assertThat(replay).isEqualTo(new Claim.Replay<>(first));
  }

  @Test
  void a_record_that_has_expired_is_as_good_as_none() {
    claim("k", ONE, T0);

    assertThat(claim("k", TWO, at(172_800))).isEqualTo(new Claim.Mine<>(null));
  }

  @Test
  void expired_records_are_forgotten_a_few_at_a_time() {
    claim("a", ONE, T0);
    claim("b", ONE, T0);
    claim("c", ONE, at(10));

    int early = commit(tx -> tx.idempotency().forget(at(1), 1_000_000));
    int first = commit(tx -> tx.idempotency().forget(at(172_800), 1));
    int rest = commit(tx -> tx.idempotency().forget(at(172_800), 1_000_000));

    assertThat(early).isZero();
    assertThat(first).isEqualTo(1);
    assertThat(rest).isGreaterThanOrEqualTo(1);
    assertThat(claim("c", ONE, at(172_801))).isEqualTo(new Claim.Mine<>(null)); // still there
    assertThat(claim("a", TWO, at(172_801))).isEqualTo(new Claim.Mine<>(null));
  }

  @Test
  void an_owed_answer_is_claimed_once_its_lease_is_over_and_until_it_is_given() {
    claim(scope("k"), ONE, null, REPLY, T0);
    claim("no-reply", ONE, T0);

    assertThat(owed(at(29), at(89))).isEmpty();
    assertThat(owed(at(30), at(90))).containsExactly(new Unanswered(scope("k"), REPLY));
    assertThat(owed(at(31), at(91))).isEmpty();
    assertThat(owed(at(90), at(150))).containsExactly(new Unanswered(scope("k"), REPLY));

    change(store -> store.answered(scope("k"), at(95)));
    assertThat(owed(at(200), at(260))).isEmpty();
  }

  @Test
  void who_claims_an_owed_answer_can_walk_the_request_again_at_once() {
    claim(scope("k"), ONE, null, REPLY, T0);
    assertThat(owed(at(30), at(90))).hasSize(1);

    assertThat(claim(scope("k"), ONE, null, REPLY, at(31))).isEqualTo(new Claim.Mine<>(null));
  }

  @Test
  void an_answer_that_was_remembered_but_not_given_is_owed_too() {
    ClaimRequest<Answer.Aborted> request =
        new ClaimRequest<>(
            scope("k"), AbortUpload.REMEMBERED, ONE, null, REPLY, T0, at(30), at(172_800));
    commit(tx -> tx.idempotency().claim(request));
    Answer.Aborted answer = new Answer.Aborted(Ids.next(), SessionStatus.ABORTED, T0);
    change(store -> store.remember(scope("k"), AbortUpload.REMEMBERED, answer, at(1)));

    assertThat(owed(T0, at(60))).isEmpty();
    assertThat(owed(at(1), at(61))).containsExactly(new Unanswered(scope("k"), REPLY));
  }

  @Test
  void an_answer_is_owed_only_as_long_as_its_record_lives() {
    claim(scope("k"), ONE, Ids.next(), REPLY, T0);

    assertThat(owed(at(172_800), at(172_900))).isEmpty();
  }

  private List<Unanswered> owed(Instant now, Instant until) {
    List<Unanswered> claimed = read(tx -> tx.idempotency().claimUnanswered(now, until, 1_000_000));
    return claimed.stream()
        .filter(record -> record.scope().tenantId().equals(world.tenantId()))
        .toList();
  }

  private Claim<Answer.Task> claim(String key, String fingerprint, Instant now) {
    return claim(scope(key), fingerprint, null, null, now);
  }

  private Claim<Answer.Task> claim(
      Scope scope,
      String fingerprint,
      @Nullable UUID creates,
      @Nullable ReplyAddress reply,
      Instant now) {
    ClaimRequest<Answer.Task> request = request(scope, fingerprint, creates, reply, now);
    return commit(tx -> tx.idempotency().claim(request));
  }

  private static ClaimRequest<Answer.Task> request(
      Scope scope,
      String fingerprint,
      @Nullable UUID creates,
      @Nullable ReplyAddress reply,
      Instant now) {
    return new ClaimRequest<>(
        scope,
        CreateUploadTask.REMEMBERED,
        fingerprint,
        creates,
        reply,
        now,
        now.plusSeconds(30),
        now.plusSeconds(172_800));
  }

  private void change(Consumer<IdempotencyStore> change) {
    commit(tx -> {
      change.accept(tx.idempotency());
      return T0;
    });
  }
}
