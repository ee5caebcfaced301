package io.waybill.acceptance.secrets;

import io.waybill.acceptance.site.Api;
import tools.jackson.databind.JsonNode;

/** Listens to every answer: its signatures are secrets, and an error answer must hold none. */
record Talk(Needles needles, Haystacks haystacks) {
  static final String ERRORS = "the error answers";

  Api.Answer heard(Api.Answer answer) {
    needles.harvest(answer.body().toString());
    if (answer.status() >= 400) {
      haystacks.add(ERRORS, answer.body() + "\n");
    }
    return answer;
  }

  JsonNode heard(JsonNode answer) {
    needles.harvest(answer.toString());
    if (!answer.path("ok").asBoolean()) {
      haystacks.add(ERRORS, answer + "\n");
    }
    return answer;
  }

  String plant(String where) {
    return needles.plant(where);
  }
}
