package io.waybill.acceptance.doors;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.acceptance.site.SharedSite.OnMosquitto;
import io.waybill.acceptance.site.Site;
import io.waybill.allinone.stack.DevelopmentIdentities;

/** Mosquitto takes the user name for the client id, so the other's id is never robot-18's. */
class MosquittoRightsTest extends BrokerRightsContract {
  MosquittoRightsTest(@OnMosquitto Site site) {
    super(site);
  }

  @Override
  void takeTheClientId() {
    assertThat(
            Spy.isLetIn(
                site.configuration(),
                DevelopmentIdentities.ROBOT_18.toString(),
                TwoPartUpload.ROBOT_17,
                DevelopmentIdentities.ROBOT_18_CREDENTIAL))
        .isTrue();
  }
}
