"""Dense blocks: people who share much of what is somebody's own, however much they also share with everybody."""
