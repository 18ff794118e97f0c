"""An example: makes an automation that tells a web hook about red runs. `python flows/operations/notify.py URL`."""

import sys

from prefect.automations import Automation
from prefect.blocks.notifications import CustomWebhookNotificationBlock
from prefect.events.actions import SendNotification
from prefect.events.schemas.automations import EventTrigger, Posture

URL_ARGUMENT = 1

if __name__ == "__main__":
    block = CustomWebhookNotificationBlock(
        name="undocs-hook", url=sys.argv[URL_ARGUMENT], json_data={"text": "{{subject}}: {{body}}"}
    )
    block_id = block.save("undocs-hook", overwrite=True)
    Automation(
        name="undocs: tell about red runs",
        trigger=EventTrigger(
            expect={"prefect.flow-run.PartiallyFailed", "prefect.flow-run.Failed", "prefect.flow-run.Crashed"},
            match={"prefect.resource.id": "prefect.flow-run.*"},
            posture=Posture.Reactive,
            threshold=1,
        ),
        actions=[
            SendNotification(
                block_document_id=block_id,
                subject="undocs: {{ flow_run.name }} is {{ flow_run.state.name }}",
                body="{{ flow_run.state.message }}",
            )
        ],
    ).create()
