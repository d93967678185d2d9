"""What people of the house are told of, where and when: notifications, their choices, devices for push."""
