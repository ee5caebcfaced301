package io.waybill.acceptance.doors;

import io.waybill.acceptance.site.Api;
import io.waybill.acceptance.site.Site;
import io.waybill.allinone.stack.DevelopmentIdentities;

/** TwoPartUpload that are none of robot-17's business. */
record Strangers(TwoPartUpload.Begun ofRobot18, TwoPartUpload.Begun ofOtherTenant) {
  static final String OTHER_PROJECT = "0190a000-0000-7000-8000-0000000000a2";
  static final String OTHER_API_KEY = "wb_dev_other_local_only";

  /** Begins one each. */
  static Strangers at(Site site) {
    try (Api robot18 = new Api(site.api(), DevelopmentIdentities.ROBOT_18_CREDENTIAL);
        Api other = new Api(site.api(), OTHER_API_KEY)) {
      return new Strangers(begin(robot18, TwoPartUpload.PROJECT), begin(other, OTHER_PROJECT));
    }
  }

  private static TwoPartUpload.Begun begin(Api api, String project) {
    String request =
        "{\"project_id\":\"%s\",\"objects\":[{\"object_name\":\"a\",\"file_size_bytes\":9}]}"
            .formatted(project);
    return TwoPartUpload.begun(Door.http("HTTP", api).result("create_session", request));
  }
}
